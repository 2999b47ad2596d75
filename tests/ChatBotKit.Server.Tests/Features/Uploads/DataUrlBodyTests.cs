using System.IO.Pipelines;
using System.Security.Cryptography;
using System.Text;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Uploads;

namespace ChatBotKit.Server.Tests.Features;

public sealed class DataUrlBodyTests
{
    private PipeReader _reader = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(100)]
    [InlineData(65_536)]
    public async Task Bytes_AreTheSame_WhateverTheBuffer(int bufferLength)
    {
        var bytes = RandomNumberGenerator.GetBytes(50_000);
        var body = await OpenAsync($"{Convert.ToBase64String(bytes)}\"}}");
        var buffer = new byte[bufferLength];
        var read = new MemoryStream();
        while (await body.ReadAsync(buffer, Token) is > 0 and var count)
            read.Write(buffer, 0, count);

        Assert.Equal(bytes, read.ToArray());
    }

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
        var body = await OpenAsync(rest);

        await Assert.ThrowsAsync<ApiException>(async () => await body.CopyToAsync(Stream.Null, Token));

        Assert.True((await _reader.ReadAsync(Token)).IsCompleted);
    }

    private async Task<DataUrlBody> OpenAsync(string rest)
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
        await pipe.Writer.WriteAsync(Encoding.UTF8.GetBytes($$"""{"file":"data:text/plain;base64,{{rest}}"""), Token);
        await pipe.Writer.CompleteAsync();
        _reader = pipe.Reader;
        return Assert.IsType<DataUrlBody>(await DataUrlBody.TryOpenAsync(_reader, Token));
    }
}
