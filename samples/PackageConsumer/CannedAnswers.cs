using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace PackageConsumer;

/// <summary>Answers by path, without a network.</summary>
internal sealed class CannedAnswers : HttpMessageHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Task.FromResult(request.RequestUri!.AbsolutePath switch
        {
            "/api/v1/conversation/c1/session/create" => Answer("""{"id":"c1","token":"a.b.c","expiresAt":1767225600000}"""),
            "/api/v1/conversation/c1/complete" => Answer(
                """
                {"type":"token","data":{"type":"bot","token":"Hi "},"createdAt":1}
                {"type":"token","data":{"type":"bot","token":"there"},"createdAt":2}
                {"type":"result","data":{"id":"m1","text":"Hi there","usage":{"token":3},"end":{"reason":"stop"}},"createdAt":3}
                """,
                "application/jsonl"),
            _ => Answer("""{"message":"Not found","code":"NOT_FOUND"}""", status: HttpStatusCode.NotFound),
        });

    private static HttpResponseMessage Answer(string body, string type = "application/json", HttpStatusCode status = HttpStatusCode.OK) =>
        new(status) { Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue(type)) };
}
