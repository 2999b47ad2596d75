using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Time.Testing;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>The access to the files of spaces, as bytes and as addresses.</summary>
public sealed class StorageAccessTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    private FeatureServer _server = null!;
    private HttpClient _nobody = null!;
    private string _space = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await FeatureServer.StartAsync(_time);
        _nobody = _server.Server.Client(credential: null);
        _space = await _server.CreateSpaceAsync();
        await _server.StoreAsync(_space, "a/b c.txt");
    }

    public async ValueTask DisposeAsync()
    {
        _nobody.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Address_LeadsToTheBytes_ForSomeMinutes()
    {
        var other = await _server.CreateSpaceAsync();
        await _server.StoreAsync(other, "a/b c.txt", "other");
        await _server.StoreAsync(_space, "x.txt", "other");
        using var asked = await _server.Owner.SendAsync(HttpMethod.Get, $"space/{_space}/storage/download/a/b%20c.txt", accept: "application/json");
        var answer = await asked.ReadAsync();
        var address = answer.Text("url")!;

        Assert.Equal((await _server.GetAsync($"space/{_space}/storage/list/a")).Ids().Single(), answer.Id());
        // A client that prefers JSON everywhere gets the bytes too.
        Assert.Equal("Hello", await _nobody.ReadTextAsync(address, "application/json"));
        Assert.Equal("401 NOT_AUTHENTICATED", await _nobody.CodeAsync(HttpMethod.Get, address.Replace(_space, other, StringComparison.Ordinal)));
        Assert.Equal("401 NOT_AUTHENTICATED", await _nobody.CodeAsync(HttpMethod.Get, address.Replace("a/b%20c.txt", "x.txt", StringComparison.Ordinal)));
        Assert.Equal("401 NOT_AUTHENTICATED", await _nobody.CodeAsync(HttpMethod.Get, address.Split('?')[0]));
        _time.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal("401 NOT_AUTHENTICATED", await _nobody.CodeAsync(HttpMethod.Get, address));
        Assert.Equal("Hello", await _server.Owner.ReadTextAsync(address, "*/*"));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("b.txt")]
    [InlineData("a/b%20c.txt/d")]
    public async Task WhatIsNoFile_IsNotFound(string path)
    {
        foreach (var accept in (string[])["application/json", "*/*"])
        {
            using var answer = await _server.Owner.SendAsync(HttpMethod.Get, $"space/{_space}/storage/download/{path}", accept: accept);
            await answer.AssertRefusedAsync("404 NOT_FOUND: File not found");
        }
    }

    [Fact]
    public async Task Download_HasRanges_AndCannotActAsAPage()
    {
        await _server.Owner.ReadAsync(HttpMethod.Post, $"space/{_space}/storage/upload/a.html", """{"file":"data:text/html,<script>"}""");

        using var part = await _server.Owner.SendAsync(HttpMethod.Get, $"space/{_space}/storage/download/a.html", headers: ("Range", "bytes=1-3"));

        Assert.Equal((HttpStatusCode.PartialContent, "scr"), (part.StatusCode, await part.TextAsync()));
        Assert.Equal(("attachment", "text/html"), (part.Content.Headers.ContentDisposition?.DispositionType, part.Content.Headers.ContentType?.MediaType));
        Assert.StartsWith("sandbox", part.Header("Content-Security-Policy"), StringComparison.Ordinal);
    }

    /// <summary>Receiving a file costs time and space, so a caller who may not add it is refused before the first byte of it.</summary>
    [Theory]
    [InlineData("file/{file}/upload", true, "404")]
    [InlineData("space/{space}/storage/upload/a.txt", true, "404")]
    [InlineData("file/{file}/upload", false, "401")]
    [InlineData("space/{space}/storage/upload/a.txt", false, "401")]
    [InlineData("space/{space}/storage/upload/..%2Fa.txt", true, "400")]
    public async Task Upload_ToWhatIsAnothers_IsRefusedBeforeItsBytesCome(string path, bool isStranger, string status)
    {
        using var stranger = await _server.StrangerAsync();
        using var session = await _server.SessionAsync(await _server.CreateConversationAsync());
        path = path.Replace("{file}", await _server.CreateFileAsync(), StringComparison.Ordinal).Replace("{space}", _space, StringComparison.Ordinal);

        foreach (var type in (string[])["image/png", "application/json", "multipart/form-data; boundary=b"])
        {
            using var socket = new TcpClient();
            await socket.ConnectAsync(IPAddress.Loopback, _server.Server.Address.Port, Token);
            var stream = socket.GetStream();
            await stream.WriteAsync(
                Encoding.ASCII.GetBytes(
                    $"POST /api/v1/{path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: {(isStranger ? stranger : session).DefaultRequestHeaders.Authorization}\r\n"
                    + $"Content-Type: {type}\r\nContent-Length: 20000000\r\n\r\n"),
                Token);
            using var reader = new StreamReader(stream);
            Assert.StartsWith($"HTTP/1.1 {status} ", await reader.ReadLineAsync(Token), StringComparison.Ordinal);
        }

        Assert.Single(await _server.FilesAsync());
    }
}
