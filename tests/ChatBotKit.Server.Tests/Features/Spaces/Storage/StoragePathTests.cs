using System.Net.Http.Headers;
using ChatBotKit.Server.Tests.Http;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>The paths that the server takes. They are sent on a raw connection, because an HTTP client changes some of them.</summary>
public sealed class StoragePathTests : IAsyncLifetime
{
    private FeatureServer _server = null!;
    private string _space = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await FeatureServer.StartAsync();
        _space = await _server.CreateSpaceAsync();
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("a%2Fb.txt", "a/b.txt")]
    [InlineData("a%252Fb.txt", "a%2Fb.txt")]
    [InlineData("100%25.txt", "100%.txt")]
    [InlineData("a+b.txt", "a+b.txt")]
    [InlineData("a%20b/%C3%BC.txt", "a b/ü.txt")]
    [InlineData("u%CC%88.txt", "u\u0308.txt")]
    [InlineData("%F0%9F%8C%B7", "🌷")]
    [InlineData("a;b=c:@&$.txt", "a;b=c:@&$.txt")]
    [InlineData("...", "...")]
    [InlineData(".hidden/a", ".hidden/a")]
    [InlineData("%20", " ")]
    [InlineData("a%3Fb%23c", "a?b#c")]
    public async Task Path_IsStoredAsItIsGiven(string sent, string path)
    {
        var answer = await SendAsync(sent);

        Assert.Equal("200", RawRequest.Status(answer));
        var item = Assert.Single((await _server.GetAsync($"space/{_space}/storage/list?recursive=true")).Items(), one => one.GetProperty("size").GetInt64() > 0);
        Assert.Equal(path, item.Text("path"));
        Assert.Equal("Hello", await _server.LoadAsync(_space, string.Join('/', path.Split('/').Select(Uri.EscapeDataString))));
    }

    [Theory]
    [InlineData("a//b")]
    [InlineData("/a")]
    [InlineData("a/")]
    [InlineData("a%2F%2Fb")]
    [InlineData("..%2Fa")]
    [InlineData("a/%2E%2E%2F%2E%2E/b")]
    [InlineData("a%2F..")]
    [InlineData("b/a/..")]
    [InlineData("a/.")]
    [InlineData("a%5Cb")]
    [InlineData("a%0Ab")]
    [InlineData("a%7F")]
    [InlineData("%C2%85")]
    [InlineData("%FF")]
    [InlineData("%C3")]
    [InlineData("%ED%A0%80")]
    [InlineData("a%00b")]
    [InlineData("a%zz")]
    [InlineData("a%2")]
    public async Task Path_ThatLeadsElsewhere_IsRefused(string sent)
    {
        Assert.Equal("400", RawRequest.Status(await SendAsync(sent)));
        Assert.Equal("", await _server.ListPathsAsync(_space, "?recursive=true"));
    }

    [Fact]
    public async Task Path_HasAtMost1024Bytes()
    {
        var longest = string.Join('/', Enumerable.Repeat("%C3%BC", 340)) + "/abcd";

        Assert.Equal("200", RawRequest.Status(await SendAsync(longest)));
        Assert.Equal("Hello", await _server.LoadAsync(_space, longest));
        Assert.Equal("400", RawRequest.Status(await SendAsync(longest + "e")));
        Assert.Equal(341, (await _server.GetAsync($"space/{_space}/storage/list?recursive=true")).Items().Count());
    }

    /// <summary>The path is also found behind the short prefix.</summary>
    [Fact]
    public async Task ShortPrefix_HasTheSamePaths()
    {
        Assert.Equal("200", RawRequest.Status(await SendAsync("a/b%2Fc.txt", "/v1")));
        Assert.Equal("a/b/c.txt a/b/ a/", await _server.ListPathsAsync(_space, "?recursive=true"));
    }

    private Task<string> SendAsync(string path, string prefix = "/api/v1") => RawRequest.SendAsync(
        _server.Server.Address,
        $"POST {prefix}/space/{_space}/storage/upload/{path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        + $"Authorization: {new AuthenticationHeaderValue("Bearer", ServerFactory.OwnerSecret)}\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nHello");
}
