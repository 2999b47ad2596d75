using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace ChatBotKit.AotSmokeTest;

/// <summary>Answers by path, without a network.</summary>
internal sealed class FakeServer : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        var streams = request.Headers.Accept.ToString() == "application/jsonl";
        return (request.RequestUri!.AbsolutePath, streams) switch
        {
            ("/api/v1/conversation/create", _) when body.Contains("\"botId\":\"b1\"", StringComparison.Ordinal) => Answer("""{"id":"c1","fromTheFuture":{"a":1}}"""),
            ("/api/v1/conversation/c1/update", _) when body == """{"name":null,"privacy":true}""" => Answer("""{"id":"c1"}"""),
            ("/api/v1/conversation/c1/session/create", _) => Answer("""{"id":"c1","token":"a.b.c","expiresAt":1767225600000}"""),
            ("/api/v1/conversation/c1/complete", true) => Answer(
                """
                {"type":"completeBegin","data":{"instance":"in-1","iteration":"it-1"},"createdAt":1}
                {"type":"token","data":{"type":"bot","token":"Hi "},"createdAt":2}
                {"type":"token","data":{"type":"bot","token":"there"},"createdAt":3}
                {"type":"fromTheFuture","data":[1,2]}
                {"type":"result","data":{"id":"m1","text":"Hi there","usage":{"token":3},"end":{"reason":"stop"}},"createdAt":4}
                """,
                "application/jsonl"),
            ("/api/v1/conversation/c1/message/list", false) => Answer("""{"items":[{"id":"m1","type":"bot","text":"Hi there","createdAt":1,"updatedAt":1}],"cursor":"m1"}"""),
            ("/api/v1/conversation/list", true) => Answer("""{"type":"item","data":{"id":"c1","createdAt":1,"updatedAt":1}}""", "application/jsonl"),
            _ => Answer("""{"message":"Not found","code":"NOT_FOUND"}""", status: HttpStatusCode.NotFound),
        };
    }

    private static HttpResponseMessage Answer(string body, string type = "application/json", HttpStatusCode status = HttpStatusCode.OK) =>
        new(status) { Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue(type)) };
}
