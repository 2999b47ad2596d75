using System.Diagnostics;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ChatBotKit.Server.Tests.Features;

public sealed class FetchActionTests : IAsyncLifetime
{
    private static readonly Dictionary<string, string?> Open = new() { ["CHATBOTKIT_ALLOW_PRIVATE_URLS"] = "true" };

    private FeatureServer _server = null!;
    private LocalWebServer _web = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await FeatureServer.StartAsync(settings: Open);
        _web = await LocalWebServer.StartAsync(Map);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _server.DisposeAsync();
        await _web.DisposeAsync();
    }

    [Theory]
    [InlineData("```fetch\nurl: {web}/echo\nquery: {q: $[q ys], \"none?\": \"\"}\n```", """{"status":200,"body":{"method":"GET","query":"?q=a%20%26%20b","body":"","type":null}}""")]
    [InlineData("```fetch\n{web}/echo?q=$[q euc]\n```", """{"status":200,"body":{"method":"GET","query":"?q=a%20%26%20b","body":"","type":null}}""")]
    [InlineData("```fetch\nPOST {web}/echo HTTP/1.1\nContent-Type: text/plain\n\n$[q]\n```", """{"status":200,"body":{"method":"POST","query":"","body":"a & b","type":"text/plain"}}""")]
    [InlineData("!fetch\nmethod: PUT\nurl: {web}/echo\nbody: {q: !string q, n: 1}", """{"status":200,"body":{"method":"PUT","query":"","body":"{\"q\":\"a & b\",\"n\":1}","type":"application/json"}}""")]
    [InlineData("!fetch {url: '{web}/json', options: {jmespath: 'items[].name'}}", """["a","b"]""")]
    [InlineData("!fetch {url: '{web}/json', options: {jsonpath: '$.items[?(@.id > 1)].name'}}", "\"b\"")]
    [InlineData("!fetch {url: '{web}/page', options: {format: markdown}}", "\"# Title\\n\\nSome text.\"")]
    [InlineData("!fetch {url: '{web}/page', options: {selectors: [p]}}", "\"Some text.\"")]
    [InlineData("!fetch {url: '{web}/moved', options: {format: json, jmespath: 'items[0].id'}}", "1")]
    public async Task Fetch_Answers(string instruction, string result) => Assert.Equal(
        result, (await _server.Owner.ExecuteAsync(instruction.Replace("{web}", _web.Url, StringComparison.Ordinal), new { q = "a & b" })).Result());

    [Theory]
    [InlineData("!fetch {url: '{web}/missing'}", "Status code: 404")]
    [InlineData("!fetch {url: '{web}/picture'}", "The answer is not text, but image/png.")]
    [InlineData("!fetch {url: '{web}/endless'}", "The answer is larger than 524288 bytes.")]
    [InlineData("!fetch {url: '{web}/bomb'}", "The answer is larger than 524288 bytes.")]
    [InlineData("!fetch {url: '{web}/silent', options: {timeout: 50}}", "127.0.0.1 did not answer within 0.1 seconds.")]
    [InlineData("!fetch {url: '{web}/loop'}", "127.0.0.1 redirects too often.")]
    [InlineData("!fetch {url: '{web}/json', options: {errorJsonpath: '$.items[0].name'}}", "a")]
    [InlineData("!fetch {url: '{web}/page', options: {format: json}}", "The answer is not JSON.")]
    [InlineData("!fetch {url: 'file:///etc/passwd'}", "The url must be an absolute address that begins with http:// or https://.")]
    [InlineData("!fetch {url: '{web}/json', headers: {Host: example.org}}", "The header \"Host\" can't be set.")]
    [InlineData("!fetch {url: '{web}/json', headers: {X-A: !string q}}", "The header \"X-A\" must be one line.")]
    [InlineData("!fetch {url: '{web}/${SECRET_DEFAULT}'}", "The secret SECRET_DEFAULT can be used only in headers.")]
    [InlineData("!fetch {url: '{web}/echo', body: {a: '${SECRET_DEFAULT}'}}", "The secret SECRET_DEFAULT can be used only in headers.")]
    [InlineData("!fetch {url: '{web}/echo', headers: {Authorization: '${SECRET_DEFAULT}'}}", "The ability has no secret.")]
    public async Task Fetch_OfWhatFails_AnswersTheError(string instruction, string error) => Assert.Equal(
        error, (await _server.Owner.ExecuteAsync(instruction.Replace("{web}", _web.Url, StringComparison.Ordinal), new { q = "a\nb" })).Error());

    [Fact]
    public async Task Fetch_OfAPrivateAddress_IsRefused()
    {
        await using var closed = await FeatureServer.StartAsync();

        Assert.Equal(
            "127.0.0.1 can't be called: its address is not on the public internet.",
            (await closed.Owner.ExecuteAsync($"!fetch {{url: '{_web.Url}/json'}}")).Error());
    }

    /// <summary>The ids of traces are for the services of the owner.</summary>
    [Fact]
    public async Task Fetch_SendsNoHeaderOfItsOwn()
    {
        using var tracing = new Activity("caller").Start();

        var names = (await _server.Owner.ExecuteAsync($"!fetch {{url: '{_web.Url}/names', options: {{format: text}}}}")).Result();

        Assert.DoesNotContain("traceparent", names, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Authorization", names, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secret_IsSentInTheHeader_AndMaskedInTheAnswer()
    {
        var secret = ApiJson.Id(await _server.PostAsync("secret/create", """{"name":"My API key","kind":"shared","type":"bearer","value":"s3cr3t-value"}"""));
        var other = await LocalWebServer.StartAsync(Map);
        await using var disposed = other;

        var linked = await _server.Owner.ExecuteAsync($"!fetch {{url: '{_web.Url}/headers', headers: {{Authorization: '${{SECRET_DEFAULT}}'}}}}", ability: new { secretId = secret });
        var named = await _server.Owner.ExecuteAsync($"!fetch {{url: '{_web.Url}/headers', headers: {{Authorization: '${{SECRET_MY_API_KEY}}'}}}}");
        var moved = await _server.Owner.ExecuteAsync(
            $"!fetch {{url: '{_web.Url}/away?to={Uri.EscapeDataString(other.Url)}', headers: {{Authorization: '${{SECRET_MY_API_KEY}}'}}}}");

        Assert.Equal("""{"status":200,"body":"12 ********"}""", linked.Result());
        Assert.Equal(linked.Result(), named.Result());
        Assert.Equal("127.0.0.1 redirects to another server, which may not get the secret.", moved.Error());
    }

    [Theory]
    [InlineData("plain", "tok+/=AbC9", "Bearer $", """{"whole":"Bearer ********","escaped":"Bearer ********"}""")]
    [InlineData("plain", "tok+/=AbC9", "a=$; b=1", """{"whole":"a=********; b=1","escaped":"a=********; b=1"}""")]
    [InlineData("basic", "ada:p4ss w0rd", "$", """{"whole":"********","escaped":"********","name":"ada","password":"********"}""")]
    public async Task Secret_IsMasked_HoweverTheAnswerWritesIt(string type, string value, string header, string body)
    {
        await _server.PostAsync("secret/create", $$"""{"name":"key","type":"{{type}}","value":"{{value}}"}""");
        header = header.Replace("$", "${SECRET_KEY}", StringComparison.Ordinal);

        var answer = await _server.Owner.ExecuteAsync($"!fetch {{url: '{_web.Url}/mirror', headers: {{X-Key: '{header}'}}, options: {{format: json}}}}");
        var failed = await _server.Owner.ExecuteAsync(
            $"!fetch {{url: '{_web.Url}/mirror', headers: {{X-Key: '{header}'}}, options: {{errorJmespath: escaped}}}}");

        Assert.Equal(body, answer.Result());
        Assert.Equal(System.Text.Json.JsonElement.Parse(body).Text("escaped"), failed.Error());
    }

    [Theory]
    [InlineData("url: 'https://api.example.com$[part]'", ".evil.test/", "api.example.com.evil.test")]
    [InlineData("uri: 'https://api.example.com$[part]'", ".evil.test/", "api.example.com.evil.test")]
    [InlineData("url: 'https://tools$[part]'", ".evil.test/", "tools.evil.test")]
    [InlineData("url: 'https://$[part].example.com/a'", "evil.test/?", "evil.test")]
    [InlineData("url: 'https://$[part].example.com:8443/a'", "evil.test#", "evil.test")]
    [InlineData("url: 'https://api-$[part].example.com/a'", "x.evil.test/?", "api-x.evil.test")]
    [InlineData("url: '$[part]://api.example.com/a'", "https://evil.test/?", "evil.test")]
    public async Task Secret_IsNotSentToAHostThatAValueHasMade(string address, string part, string host)
    {
        await _server.PostAsync("secret/create", """{"name":"key","kind":"shared","value":"s3cr3t-value"}""");

        var answer = await _server.Owner.ExecuteAsync($"!fetch {{{address}, headers: {{Authorization: '${{SECRET_KEY}}'}}}}", new { part });

        Assert.Equal($"The secret can't be sent to {host}: the instruction does not name this host.", answer.Error());
    }

    [Theory]
    [InlineData("{web}$[part]", "/json")]
    [InlineData("http://127.$[part].1:{port}/json", "0.0")]
    [InlineData("http://$[part]:{port}/json", "127.0.0.1")]
    [InlineData("$[part]/json?to=https://other.test/", "{web}")]
    public async Task Secret_IsSentToAHostThatTheInstructionLeavesOpen(string address, string part)
    {
        await _server.PostAsync("secret/create", """{"name":"key","kind":"shared","value":"s3cr3t-value"}""");
        string Filled(string text) => text.Replace("{web}", _web.Url, StringComparison.Ordinal)
            .Replace("{port}", new Uri(_web.Url).Port.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);

        var answer = await _server.Owner.ExecuteAsync(
            $"!fetch {{url: '{Filled(address)}', headers: {{Authorization: '${{SECRET_KEY}}'}}, options: {{jmespath: 'items[0].id'}}}}", new { part = Filled(part) });

        Assert.Equal("1", answer.Result());
    }

    [Fact]
    public async Task Fetch_ThatChangesSomething_SendsTheKeyOfTheCall()
    {
        var answer = await _server.Owner.ExecuteAsync($"!fetch {{method: POST, url: '{_web.Url}/key', body: {{}}, options: {{format: text}}}}");

        Assert.EndsWith("-1\"", answer.Result(), StringComparison.Ordinal);
    }

    private static void Map(WebApplication app)
    {
        app.Map("/echo", async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            await context.Response.WriteAsJsonAsync(new
            {
                method = context.Request.Method,
                query = context.Request.QueryString.Value,
                body = await reader.ReadToEndAsync(),
                type = context.Request.ContentType,
            }, new System.Text.Json.JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        });
        app.MapGet("/json", () => Results.Text("""{"items":[{"id":1,"name":"a"},{"id":2,"name":"b"}]}""", "application/json"));
        app.MapGet("/page", () => Results.Text("<html><head><title>T</title></head><body><nav>No</nav><h1>Title</h1><p>Some text.</p></body></html>", "text/html"));
        app.MapGet("/moved", () => Results.Redirect("/json"));
        app.MapGet("/loop", () => Results.Redirect("/loop"));
        app.MapGet("/away", (string to) => Results.Redirect(to + "/json"));
        app.MapGet("/picture", () => Results.Bytes(new byte[10], "image/png"));
        app.MapGet("/headers", (HttpContext context) => Results.Text($"{context.Request.Headers.Authorization.ToString()["Bearer ".Length..].Length} {context.Request.Headers.Authorization.ToString()["Bearer ".Length..]}", "text/plain"));
        app.MapGet("/names", (HttpContext context) => Results.Text(string.Join(' ', context.Request.Headers.Keys.Order(StringComparer.Ordinal)), "text/plain"));
        app.MapPost("/key", (HttpContext context) => Results.Text(context.Request.Headers["Idempotency-Key"].ToString(), "text/plain"));
        // JSON may write every character as its number.
        app.MapGet("/mirror", (HttpContext context) =>
        {
            var key = context.Request.Headers["X-Key"].ToString();
            var escaped = string.Concat(key.Select(letter => $"\\u{(int)letter:x4}"));
            var pair = key.StartsWith("Basic ", StringComparison.Ordinal)
                ? System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(key["Basic ".Length..])).Split(':')
                : null;
            var more = pair is null ? "" : $",\"name\":\"{pair[0]}\",\"password\":\"{pair[1]}\"";
            return Results.Text($"{{\"whole\":\"{key}\",\"escaped\":\"{escaped}\"{more}}}", "application/json");
        });
        app.MapGet("/silent", async context => await Task.Delay(Timeout.Infinite, context.RequestAborted));
        app.MapGet("/endless", async context =>
        {
            context.Response.ContentType = "text/plain";
            var piece = Encoding.ASCII.GetBytes(new string('x', 65_536));
            while (!context.RequestAborted.IsCancellationRequested)
                await context.Response.Body.WriteAsync(piece, context.RequestAborted);
        });
        app.MapGet("/bomb", async context =>
        {
            context.Response.ContentType = "text/plain";
            context.Response.Headers.ContentEncoding = "gzip";
            using var small = new MemoryStream();
            await using (var zip = new System.IO.Compression.GZipStream(small, System.IO.Compression.CompressionLevel.SmallestSize, leaveOpen: true))
                await zip.WriteAsync(new byte[50_000_000]);
            await context.Response.Body.WriteAsync(small.ToArray());
        });
    }
}
