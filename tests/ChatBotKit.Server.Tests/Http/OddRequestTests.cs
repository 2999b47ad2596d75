namespace ChatBotKit.Server.Tests.Http;

/// <summary>Requests that few clients send. Each gets a sensible response, and errors have the server's error body.</summary>
public sealed class OddRequestTests : IAsyncLifetime
{
    private const string Close = "Host: chat.example\r\nConnection: close\r\n";
    private const string Owner = $"Authorization: Bearer {ServerFactory.OwnerSecret}\r\n";

    private ServerFactory _server = null!;

    public async ValueTask InitializeAsync() => _server = await ServerFactory.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("GET /v1/conversation/list/ HTTP/1.1", "200", "\"items\"")]
    [InlineData("GET /V1/CONVERSATION/LIST HTTP/1.1", "200", "\"items\"")]
    [InlineData("GET /API/v1/Conversation/List HTTP/1.1", "200", "\"items\"")]
    [InlineData("GET http://chat.example/v1/conversation/list HTTP/1.1", "200", "\"items\"")]
    [InlineData("GET //v1/conversation/list HTTP/1.1", "404", "\"code\":\"NOT_FOUND\"")]
    [InlineData("GET /v1//conversation/list HTTP/1.1", "404", "\"code\":\"NOT_FOUND\"")]
    [InlineData("GET /v1/conversation%2Flist HTTP/1.1", "404", "\"code\":\"NOT_FOUND\"")]
    [InlineData("GET /v1/conversation/a%2Fb/fetch HTTP/1.1", "404", "\"code\":\"NOT_FOUND\"")]
    [InlineData("GET /v1/conversation/%00/fetch HTTP/1.1", "400", "")]
    [InlineData("GET /v1/conversation/../../etc/passwd HTTP/1.1", "404", "\"code\":\"NOT_FOUND\"")]
    [InlineData("GET /v1/nothing HTTP/1.1", "404", "\"code\":\"NOT_FOUND\"")]
    [InlineData("DELETE /v1/conversation/list HTTP/1.1", "405", "\"code\":\"METHOD_NOT_ALLOWED\"")]
    [InlineData("BREW /v1/conversation/list HTTP/1.1", "405", "\"code\":\"METHOD_NOT_ALLOWED\"")]
    [InlineData("OPTIONS /v1/conversation/list HTTP/1.1", "200", "{}")]
    [InlineData("OPTIONS /v1/nothing HTTP/1.1", "404", "\"code\":\"NOT_FOUND\"")]
    [InlineData("OPTIONS * HTTP/1.1", "405", "\"code\":\"METHOD_NOT_ALLOWED\"")]
    [InlineData("HEAD /v1/conversation/list HTTP/1.1", "200", "")]
    [InlineData("HEAD /v1/nothing HTTP/1.1", "404", "")]
    [InlineData("HEAD /health/ready HTTP/1.1", "200", "")]
    [InlineData("GET /health HTTP/1.1", "200", "\"ok\"")]
    [InlineData("GET /health/ HTTP/1.1", "200", "\"ok\"")]
    [InlineData("GET /health/nothing HTTP/1.1", "404", "\"code\":\"NOT_FOUND\"")]
    [InlineData("POST /health/live HTTP/1.1", "405", "\"code\":\"METHOD_NOT_ALLOWED\"")]
    public async Task RequestLine_IsAnswered(string line, string status, string body)
    {
        var answer = await RawRequest.SendAsync(_server.Address, $"{line}\r\n{Close}{Owner}\r\n");

        Assert.Equal(status, RawRequest.Status(answer));
        Assert.Contains(body, answer[answer.IndexOf("\r\n\r\n", StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET /v1/conversation/list HTTP/1.0\r\n", "200")]
    [InlineData("GET /v1/conversation/list HTTP/1.1\r\nConnection: close\r\n", "400")]
    [InlineData("GET /v1/conversation/list HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n", "400")]
    [InlineData("GET /v1/conversation/list HTTP/9.9\r\nHost: a\r\nConnection: close\r\n", "505")]
    [InlineData($"GET /v1/conversation/list HTTP/1.1\r\n{Close}TE: trailers, deflate;q=0.5\r\n", "200")]
    [InlineData($"POST /v1/conversation/create HTTP/1.1\r\n{Close}Transfer-Encoding: gzip\r\n", "400")]
    [InlineData($"POST /v1/conversation/create HTTP/1.1\r\n{Close}Content-Length: 2\r\nContent-Length: 3\r\n", "400")]
    public async Task Head_IsTakenOrRefused(string head, string status)
    {
        var answer = await RawRequest.SendAsync(_server.Address, $"{head}{Owner}\r\n");

        Assert.Equal(status, RawRequest.Status(answer));
    }

    [Fact]
    public async Task Body_OfAGet_IsPassedBy()
    {
        var answer = await RawRequest.SendAsync(
            _server.Address, $"GET /v1/conversation/list HTTP/1.1\r\n{Close}{Owner}Content-Length: 9\r\n\r\n{{not json");

        Assert.Equal("200", RawRequest.Status(answer));
    }

    [Fact]
    public async Task Expectation_IsMetOnlyForACallerWhoIsKnown()
    {
        const string Body = $"Content-Type: application/json\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n{{}}";
        const string Line = $"POST /v1/conversation/create HTTP/1.1\r\n{Close}";

        var known = await RawRequest.SendAsync(_server.Address, Line + Owner + Body);
        var unknown = await RawRequest.SendAsync(_server.Address, Line + Body);

        // A body that is sent at once needs no "100 Continue".
        Assert.Equal("200", RawRequest.Status(known.Replace("HTTP/1.1 100 Continue\r\n\r\n", "", StringComparison.Ordinal)));
        Assert.StartsWith("HTTP/1.1 401 ", unknown, StringComparison.Ordinal);
        Assert.Contains("NOT_AUTHENTICATED", unknown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Head_ThatIsTooLarge_IsRefused()
    {
        var answer = await RawRequest.SendAsync(
            _server.Address, $"GET /v1/conversation/list HTTP/1.1\r\n{Close}{Owner}X-Filler: {new string('x', 40_000)}\r\n\r\n");

        Assert.Equal("431", RawRequest.Status(answer));
    }

    [Fact]
    public async Task PresignedAddress_OfARequestWithoutHost_NamesTheServer()
    {
        var conversation = await _server.AddConversationAsync();
        const string File = """{"file":{"type":"text/plain","size":3}}""";

        var answer = await RawRequest.SendAsync(
            _server.Address,
            $"POST /v1/conversation/{conversation}/attachment/upload HTTP/1.0\r\n{Owner}Content-Type: application/json\r\nContent-Length: {File.Length}\r\n\r\n{File}");

        Assert.Contains($"\"url\":\"{_server.Address.GetLeftPart(UriPartial.Authority)}/api/v1/", answer, StringComparison.Ordinal);
    }
}
