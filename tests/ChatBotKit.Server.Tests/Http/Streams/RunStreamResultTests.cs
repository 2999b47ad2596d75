using System.Text;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.RunLog;
using ChatBotKit.Server.Tests.RunLog;
using Microsoft.AspNetCore.Http;

namespace ChatBotKit.Server.Tests.Http;

public sealed class RunStreamResultTests
{
    private readonly GatedStore _store = new(isOpen: true);

    [Fact]
    public async Task Json_OfARunThatFailedBeforeAnybodyRead_IsUnavailable()
    {
        var error = await Assert.ThrowsAsync<ApiException>(() => ReadAsync(ResponseFormat.Json, after: 0));

        Assert.Equal("SERVICE_UNAVAILABLE", error.Code.Code);
    }

    [Theory]
    [InlineData("JsonLines", "{\"type\":\"error\",\"data\":{\"code\":\"SERVICE_UNAVAILABLE\"")]
    [InlineData("ServerSentEvents", "event: error\ndata: {\"code\":\"SERVICE_UNAVAILABLE\"")]
    public async Task Stream_OfARunThatFailedBeforeAnybodyRead_SaysSo(string format, string begin) =>
        Assert.StartsWith(begin, await ReadAsync(Enum.Parse<ResponseFormat>(format), after: 0), StringComparison.Ordinal);

    [Fact]
    public async Task Stream_ThatIsTakenUpAtItsEnd_IsEmpty() =>
        Assert.Equal("", await ReadAsync(ResponseFormat.JsonLines, after: 7));

    private async Task<string> ReadAsync(ResponseFormat format, long after)
    {
        using var body = new MemoryStream();
        var context = new DefaultHttpContext { Response = { Body = body } };
        await new RunStreamResult(new LogReader(log: null, _store, "run", after, TimeProvider.System), format, "run").ExecuteAsync(context);
        return Encoding.UTF8.GetString(body.ToArray());
    }
}
