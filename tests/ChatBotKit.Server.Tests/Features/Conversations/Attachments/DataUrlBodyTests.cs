using System.IO.Pipelines;
using System.Text;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Conversations.Attachments;

namespace ChatBotKit.Server.Tests.Features;

public sealed class DataUrlBodyTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The web server reads the rest of a refused body, in order to keep the connection.</summary>
    [Theory]
    [InlineData("QUJD\u0001\"}")]
    [InlineData("QUJD\\x\"}")]
    [InlineData("QUJD\\u00")]
    [InlineData("QU*D\"}")]
    [InlineData("QUJD\"}}")]
    [InlineData("QUJD\"")]
    [InlineData("QUJD\",\"name\":1}")]
    public async Task Body_ThatIsRefused_CanStillBeReadToItsEnd(string rest)
    {
        var pipe = new Pipe();
        await pipe.Writer.WriteAsync(Encoding.UTF8.GetBytes($$"""{"file":"data:text/plain;base64,{{rest}}"""), Token);
        await pipe.Writer.CompleteAsync();
        var body = await DataUrlBody.TryOpenAsync(pipe.Reader, Token);
        Assert.NotNull(body);

        await Assert.ThrowsAsync<ApiException>(async () => await body.CopyToAsync(Stream.Null, Token));

        Assert.True((await pipe.Reader.ReadAsync(Token)).IsCompleted);
    }
}
