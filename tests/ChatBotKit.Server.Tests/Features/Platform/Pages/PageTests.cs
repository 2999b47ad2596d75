using System.Text.Json;
using ChatBotKit.Server.Features.Platform.Pages;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>The pages of the documentation, templates and actions over HTTP.</summary>
public sealed class PageTests : IAsyncLifetime
{
    private ServerFactory _server = null!;
    private HttpClient _owner = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await ServerFactory.StartAsync();
        _owner = _server.Client();
    }

    public async ValueTask DisposeAsync()
    {
        _owner.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task EveryPage_OfASection_CanBeFetched()
    {
        foreach (var section in PageCatalogue.Sections)
        {
            var list = await _owner.ReadAsync(HttpMethod.Get, $"platform/{section}/list");
            Assert.NotEmpty(list.Items());
            foreach (var item in list.Items())
            {
                Assert.False(string.IsNullOrEmpty(item.Text("name")), item.GetRawText());
                Assert.False(string.IsNullOrEmpty(item.Text("description")), item.GetRawText());
                var page = await _owner.ReadAsync(HttpMethod.Get, item.Text("link")!);
                Assert.StartsWith($"# {item.Text("name")}", page.Text("content"), StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Search_FindsTheBestPageFirst_WithScoreAndExcerpt()
    {
        var found = await _owner.ReadAsync(HttpMethod.Post, "platform/guide/search", new { search = "schedule of a task", take = 3 });

        var best = found.Items().First();
        Assert.Equal("tasks", best.Id());
        Assert.InRange(best.GetProperty("score").GetDouble(), 0.5, 1);
        Assert.False(string.IsNullOrEmpty(best.Text("excerpt")));
        Assert.False(best.TryGetProperty("content", out _));
        Assert.InRange(found.Items().Count(), 1, 3);
        Assert.Empty((await _owner.ReadAsync(HttpMethod.Post, "platform/guide/search", new { search = "qwxyzzy" })).Items());
    }

    [Theory]
    [InlineData("""{"search":" "}""")]
    [InlineData("""{"search":"a","take":0}""")]
    [InlineData("""{"search":"a","take":101}""")]
    public Task Search_ThatIsNotOne_IsRefused(string body) =>
        _owner.AssertRefusedAsync("400 BAD_REQUEST", HttpMethod.Post, "platform/doc/search", body);

    [Theory]
    [InlineData("doc/nothing", "Doc not found")]
    [InlineData("doc/tasks", "Doc not found")]
    [InlineData("example/nothing", "Example not found")]
    public Task Page_ThatDoesNotExist_IsNotFound(string path, string message) =>
        _owner.AssertRefusedAsync($"404 NOT_FOUND: {message}", HttpMethod.Get, $"platform/{path}/fetch");

    [Theory]
    [InlineData("ability")]
    [InlineData("action")]
    [InlineData("guide")]
    [InlineData("secret")]
    public async Task List_InPages_HasEveryEntryOnce(string catalogue)
    {
        var all = (await _owner.ReadTextAsync($"platform/{catalogue}/list", "application/jsonl")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;
        var (ids, cursor) = (new List<string>(), "");
        while (true)
        {
            var page = await _owner.ReadAsync(HttpMethod.Get, $"platform/{catalogue}/list?take=4{cursor}");
            if (!page.Items().Any())
                break;
            ids.AddRange(page.Ids());
            cursor = $"&cursor={ids[^1]}";
        }

        Assert.True(all > 4, $"{all} entries");
        Assert.Equal(all, ids.Count);
        Assert.Equal(all, ids.Distinct().Count());
    }

    [Fact]
    public async Task Template_OfAnAbility_HasItsSchema_AndCanBeUsed()
    {
        var found = (await _owner.ReadAsync(HttpMethod.Post, "platform/ability/search", new { search = "fetch text get" })).Items().First();
        Assert.Equal("fetch/text/get", found.Text("template"));
        Assert.Equal(JsonValueKind.Object, found.GetProperty("schema").GetProperty("properties").GetProperty("url").ValueKind);

        var skillset = ApiJson.Id(await _owner.ReadAsync(HttpMethod.Post, "skillset/create", "{}"));
        var ability = ApiJson.Id(await _owner.ReadAsync(
            HttpMethod.Post, $"skillset/{skillset}/ability/create", new { name = "Time", description = "Tells the time.", instruction = "@time/now" }));
        await _owner.ReadAsync(HttpMethod.Post, $"skillset/{skillset}/ability/{ability}/execute", "{}");
    }
}
