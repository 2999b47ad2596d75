using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;
using Microsoft.AspNetCore.Http;

namespace ChatBotKit.Server.Tests.Http;

public sealed class ResponseFormatTests
{
    [Theory]
    [InlineData(null, "Json")]
    [InlineData("", "Json")]
    [InlineData("*/*", "Json")]
    [InlineData("application/json", "Json")]
    [InlineData("APPLICATION/JSON; q=0.9", "Json")]
    [InlineData("application/jsonl", "JsonLines")]
    [InlineData("application/x-ndjson", "JsonLines")]
    [InlineData(" application/jsonl;charset=utf-8, text/html", "JsonLines")]
    [InlineData("text/event-stream", "ServerSentEvents")]
    [InlineData("text/csv", "Csv")]
    public void Accept_IsReadByItsFirstMediaType(string? accept, string expected) =>
        Assert.Equal(expected, ResponseFormats.Of(Request(accept)).ToString());

    [Theory]
    [InlineData("text/html,application/json")]
    [InlineData("text/*")]
    [InlineData("application/xml")]
    public void Accept_OfAnotherType_Is400(string accept)
    {
        var refusal = Assert.Throws<ApiException>(() => ResponseFormats.Of(Request(accept)));

        Assert.Equal(ErrorCode.BadRequest, refusal.Code);
        Assert.StartsWith("Unsupported accept header", refusal.Message, StringComparison.Ordinal);
    }

    private static HttpRequest Request(string? accept)
    {
        var context = new DefaultHttpContext();
        if (accept is not null)
            context.Request.Headers.Accept = accept;
        return context.Request;
    }
}
