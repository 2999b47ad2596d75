using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Tests.Security;

public sealed class ReadThroughCacheTests
{
    private int _loads;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Row_IsLoadedOnceUntilItIsInvalidated()
    {
        var cache = new ReadThroughCache<string, string>(capacity: 10);

        Assert.Equal("a1", await GetAsync(cache, "a"));
        Assert.Equal("a1", await GetAsync(cache, "a"));
        cache.Invalidate("a");
        Assert.Equal("a2", await GetAsync(cache, "a"));
    }

    [Fact]
    public async Task MissingRow_IsAskedForAgain()
    {
        var cache = new ReadThroughCache<string, string>(capacity: 10);

        Assert.Null(await cache.GetAsync("a", 0, (_, _, _) => new ValueTask<string?>((string?)null), Token));
        Assert.Equal("a1", await GetAsync(cache, "a"));
    }

    [Fact]
    public async Task Row_WhoseLoadingBeganBeforeTheInvalidation_IsNotKept()
    {
        var cache = new ReadThroughCache<string, string>(capacity: 10);
        var gate = new TaskCompletionSource<string?>();

        var stale = cache.GetAsync("a", gate, (_, state, _) => new ValueTask<string?>(state.Task), Token);
        cache.Invalidate("a");
        gate.SetResult("stale");
        await stale;

        Assert.Equal("a1", await GetAsync(cache, "a"));
    }

    [Fact]
    public async Task Capacity_IsCountedInTheSizesOfTheRows()
    {
        var cache = new ReadThroughCache<string, string>(capacity: 10, sizeOf: row => row.Length * 2);

        foreach (var key in new[] { "a", "b" })
            await GetAsync(cache, key);
        cache.Invalidate("a");
        await GetAsync(cache, "c");
        Assert.Equal(2, cache.Count);
        await GetAsync(cache, "d");
        Assert.Equal(1, cache.Count);
        cache.InvalidateAll();
        await GetAsync(cache, "e");
        await GetAsync(cache, "f");
        Assert.Equal(2, cache.Count);
    }

    [Fact]
    public async Task FullCache_StartsAnewInsteadOfGrowing()
    {
        var cache = new ReadThroughCache<string, string>(capacity: 2);

        foreach (var key in new[] { "a", "b", "c" })
            await GetAsync(cache, key);

        Assert.Equal("c3", await GetAsync(cache, "c"));
        Assert.Equal("a4", await GetAsync(cache, "a"));
    }

    private ValueTask<string?> GetAsync(ReadThroughCache<string, string> cache, string key) =>
        cache.GetAsync(key, this, (k, test, _) => new ValueTask<string?>($"{k}{++test._loads}"), Token);
}
