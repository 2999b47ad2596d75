using System.Text;
using System.Text.Json;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using Microsoft.Extensions.Time.Testing;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>The files and folders of a space.</summary>
public sealed class StorageListTests : IAsyncLifetime
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
    public async Task EmptySpace_HasAnEmptyRoot()
    {
        Assert.Equal("", await _server.ListPathsAsync(_space));
        Assert.Equal("", await _server.ListPathsAsync(_space, "/"));
        Assert.Equal("", await _server.ListPathsAsync(_space, "?recursive=true"));
    }

    /// <summary>Paths are sorted by their bytes, and a slash is behind a dot: so a folder is between names that begin like its own.</summary>
    [Fact]
    public async Task Folder_IsListedInTheOrderOfThePaths_AfterWhatIsInIt()
    {
        await _server.StoreAllAsync(_space, "b.txt", "a/x/1.txt", "a/2.txt", "a.txt", "a0.txt", "a/x/y/3.txt", "%F0%9F%8C%B7.txt", "%EF%BF%BD.txt", "Z.txt");

        Assert.Equal("Z.txt a.txt a/ a0.txt b.txt \uFFFD.txt 🌷.txt", await _server.ListPathsAsync(_space));
        Assert.Equal("a/2.txt a/x/", await _server.ListPathsAsync(_space, "/a"));
        Assert.Equal("a/2.txt a/x/", await _server.ListPathsAsync(_space, "/a/?recursive=false"));
        Assert.Equal("a/2.txt a/x/1.txt a/x/y/3.txt a/x/y/ a/x/", await _server.ListPathsAsync(_space, "/a?recursive=true"));
        Assert.Equal(
            "Z.txt a.txt a/2.txt a/x/1.txt a/x/y/3.txt a/x/y/ a/x/ a/ a0.txt b.txt \uFFFD.txt 🌷.txt",
            await _server.ListPathsAsync(_space, "?recursive=true"));
    }

    [Fact]
    public async Task Item_HasTheIdOfItsPath_AndAFolderTheTimeOfItsNewestFile()
    {
        await _server.StoreAsync(_space, "a/ü.txt", "Hello");
        _time.Advance(TimeSpan.FromMinutes(1));
        await _server.StoreAsync(_space, "a/b/c.txt", "Hi");
        var newest = _time.GetUtcNow().ToUnixTimeMilliseconds();
        _time.Advance(TimeSpan.FromMinutes(1));
        await _server.StoreAsync(_space, "z.txt", "Hi");

        var items = (await _server.GetAsync($"space/{_space}/storage/list?recursive=true")).Items().ToDictionary(item => item.Text("path")!);

        Assert.Equal(Base64Of("a/ü.txt"), items["a/ü.txt"].Id());
        Assert.Equal((5, newest - 60_000), (items["a/ü.txt"].GetProperty("size").GetInt64(), TimeOf(items["a/ü.txt"])));
        Assert.Equal((Base64Of("a"), 0L, newest), (items["a"].Id(), items["a"].GetProperty("size").GetInt64(), TimeOf(items["a"])));
        Assert.Equal((0L, newest), (items["a/b"].GetProperty("size").GetInt64(), TimeOf(items["a/b"])));
    }

    [Fact]
    public async Task WhatIsNoFolder_IsNotFound()
    {
        await _server.StoreAsync(_space, "a/b.txt");
        await _server.PostAsync($"space/{_space}/storage/upload/later/c.txt", """{"file":{"type":"text/plain","size":5}}""");

        foreach (var path in (string[])["c", "a/b.txt", "a/b", "later", "A"])
            await _server.Owner.AssertRefusedAsync("404 NOT_FOUND: Folder not found", HttpMethod.Get, $"space/{_space}/storage/list/{path}");
        await _server.Owner.AssertRefusedAsync("404 NOT_FOUND: Space not found", HttpMethod.Get, "space/unknown/storage/list");
        await _server.Owner.AssertRefusedAsync("400 BAD_REQUEST: *\"recursive\"*", HttpMethod.Get, $"space/{_space}/storage/list?recursive=2");
        Assert.Equal("a/", await _server.ListPathsAsync(_space));
    }

    /// <summary>The list has several pieces, and folders go across their borders.</summary>
    [Fact]
    public async Task LargeFolder_IsListedWhole()
    {
        var paths = Enumerable.Range(0, 2500).Select(number => $"{(number % 5 == 0 ? "top" : $"d{number % 3}/e{number % 7}")}/{number:D5}.txt").ToList();
        await _server.Server.Store.InsertAsync(ContentTable.Rows, [.. paths.Select(RowAt)]);

        var all = (await _server.GetAsync($"space/{_space}/storage/list?recursive=true")).Items().ToList();
        var folders = all.Where(item => item.GetProperty("isDirectory").GetBoolean()).Select(item => item.Text("path")!).ToList();

        Assert.Equal(paths.Order(StringComparer.Ordinal), all.Select(item => item.Text("path")!).Except(folders).Order(StringComparer.Ordinal));
        Assert.Equal(folders.Distinct(), folders);
        Assert.Equal(paths.SelectMany(FoldersOf).Distinct().Order(StringComparer.Ordinal), folders.Order(StringComparer.Ordinal));
        Assert.Equal("d0/ d1/ d2/ top/", await _server.ListPathsAsync(_space));
    }

    private static IEnumerable<string> FoldersOf(string path)
    {
        var names = path.Split('/');
        return Enumerable.Range(1, names.Length - 1).Select(count => string.Join('/', names[..count]));
    }

    private static string Base64Of(string path) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(path));

    private static long TimeOf(JsonElement item) => item.GetProperty("updatedAt").GetInt64();

    private ContentRow RowAt(string path) => new()
    {
        Id = Ids.New(),
        ResourceId = _space,
        Path = path,
        AccountId = "a",
        ContentType = "text/plain",
        Size = 1,
        BlobId = Ids.New(),
        CreatedAt = 1,
        UpdatedAt = 1,
    };
}
