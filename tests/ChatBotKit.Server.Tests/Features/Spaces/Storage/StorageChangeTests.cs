using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using Microsoft.Extensions.Time.Testing;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>Files of spaces that are copied, moved and deleted.</summary>
public sealed class StorageChangeTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    private FeatureServer _server = null!;
    private string _space = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await FeatureServer.StartAsync(_time);
        _space = await _server.CreateSpaceAsync();
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Copy_HasItsOwnBytes_AndReplacesTheFileAtItsPlace()
    {
        await _server.StoreAsync(_space, "a.txt", "new");
        await _server.StoreAsync(_space, "b/c.txt", "old");

        var answer = await ChangeAsync("copy", "a.txt", "b/c.txt");

        Assert.Equal("b/c.txt", answer);
        await _server.PostAsync($"space/{_space}/storage/delete/a.txt", "{}");
        _time.Advance(TimeSpan.FromMinutes(1));
        await _server.WaitForFilesAsync(1);
        Assert.Equal("new", await _server.LoadAsync(_space, "b/c.txt"));
    }

    [Fact]
    public async Task Move_KeepsTheBytes_AndReplacesTheFileAtItsPlace()
    {
        await _server.StoreAsync(_space, "a/a.txt", "new");
        await _server.StoreAsync(_space, "b.txt", "old");

        Assert.Equal("b.txt", await ChangeAsync("move", "a/a.txt", "/b.txt"));

        Assert.Equal("b.txt", await _server.ListPathsAsync(_space, "?recursive=true"));
        Assert.Equal("new", await _server.LoadAsync(_space, "b.txt"));
        _time.Advance(TimeSpan.FromMinutes(1));
        await _server.WaitForFilesAsync(1);
        Assert.Equal("new", await _server.LoadAsync(_space, "b.txt"));
    }

    [Theory]
    [InlineData("x.txt", "b.txt", "404 NOT_FOUND: File not found")]
    [InlineData("x.txt", "x.txt", "404 NOT_FOUND: File not found")]
    [InlineData("d", "b.txt", "400 BAD_REQUEST: \"d\" is a folder: *")]
    [InlineData("d", "d/e", "400 BAD_REQUEST: \"d\" is a folder: *")]
    [InlineData("a.txt", "d", "400 BAD_REQUEST: \"d\" is a folder")]
    [InlineData("a.txt", "a.txt/b", "400 BAD_REQUEST: \"a.txt/b\" is below a file")]
    [InlineData("a.txt", "d/b.txt/x/y", "400 BAD_REQUEST: *is below a file")]
    [InlineData("a.txt", "", "400 BAD_REQUEST: \"destinationPath\" is required")]
    [InlineData("a.txt", "/", "400 BAD_REQUEST: \"destinationPath\" is required")]
    [InlineData("a.txt", "b//c", "400 BAD_REQUEST: \"destinationPath\" *")]
    [InlineData("a.txt", "b/", "400 BAD_REQUEST: \"destinationPath\" *")]
    [InlineData("a.txt", "../b", "400 BAD_REQUEST: \"destinationPath\" *")]
    public async Task Change_ThatIsNotPossible_ChangesNothing(string path, string destination, string refusal)
    {
        await _server.StoreAllAsync(_space, "a.txt", "d/b.txt");

        foreach (var verb in (string[])["copy", "move"])
        {
            await _server.Owner.AssertRefusedAsync(
                refusal, HttpMethod.Post, $"space/{_space}/storage/{verb}/{path}", new { destinationPath = destination });
        }

        Assert.Equal("a.txt d/b.txt d/", await _server.ListPathsAsync(_space, "?recursive=true"));
        Assert.Equal(2, (await _server.FilesAsync()).Count);
    }

    [Theory]
    [InlineData("copy")]
    [InlineData("move")]
    public async Task Change_ToTheSamePath_ChangesNothing(string verb)
    {
        await _server.StoreAsync(_space, "a.txt", "one");

        Assert.Equal("a.txt", await ChangeAsync(verb, "a.txt", "a.txt"));

        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal("one", await _server.LoadAsync(_space, "a.txt"));
        Assert.Single(await _server.FilesAsync());
    }

    [Fact]
    public async Task Delete_OfAFolder_MustBeRecursive()
    {
        await _server.StoreAllAsync(_space, "a/b.txt", "a/c/d.txt", "a.txt", "a0.txt");

        await _server.Owner.AssertRefusedAsync("400 BAD_REQUEST: \"a\" is a folder*", HttpMethod.Post, $"space/{_space}/storage/delete/a", "{}");
        await _server.Owner.AssertRefusedAsync("400 BAD_REQUEST", HttpMethod.Post, $"space/{_space}/storage/delete", """{"recursive":true}""");
        await _server.Owner.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Post, $"space/{_space}/storage/delete/b", """{"recursive":true}""");
        Assert.Equal("a.txt a/ a0.txt", await _server.ListPathsAsync(_space));

        Assert.Equal("a", (await _server.PostAsync($"space/{_space}/storage/delete/a", """{"recursive":true}""")).Text("path"));

        Assert.Equal("a.txt a0.txt", await _server.ListPathsAsync(_space));
        _time.Advance(TimeSpan.FromMinutes(1));
        await _server.WaitForFilesAsync(2);
    }

    /// <summary>The folder is deleted in several transactions, and the last one stores the answer.</summary>
    [Fact]
    public async Task Delete_OfALargeFolder_DeletesEverythingInIt()
    {
        var account = await _server.Server.OwnerAccountIdAsync();
        await _server.Server.Store.InsertAsync(
            ContentTable.Rows, [.. Enumerable.Range(0, 1100).Select(number => RowAt(account, $"a/{number % 10}/{number}.txt"))]);
        await _server.StoreAsync(_space, "b.txt");

        for (var time = 0; time < 2; time++)
            await _server.Owner.ReadAsync(HttpMethod.Post, $"space/{_space}/storage/delete/a", """{"recursive":true}""", key: "k");

        Assert.Equal("b.txt", await _server.ListPathsAsync(_space));
        Assert.Equal(1, await _server.Server.Store.CountAsync(ContentTable.Rows));
        await _server.Owner.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Post, $"space/{_space}/storage/delete/a", """{"recursive":true}""");
    }

    private ContentRow RowAt(string account, string path) => new()
    {
        Id = Ids.New(),
        ResourceId = _space,
        Path = path,
        AccountId = account,
        ContentType = "text/plain",
        Size = 1,
        BlobId = Ids.New(),
        CreatedAt = 1,
        UpdatedAt = 1,
    };

    private async Task<string?> ChangeAsync(string verb, string path, string destination) =>
        (await _server.Owner.ReadAsync(HttpMethod.Post, $"space/{_space}/storage/{verb}/{path}", new { destinationPath = destination })).Text("path");
}
