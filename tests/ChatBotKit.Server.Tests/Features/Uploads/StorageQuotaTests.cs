using ChatBotKit.Server.Data;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>The number of bytes that an account may store.</summary>
public sealed class StorageQuotaTests : IAsyncLifetime
{
    private const string Refusal = "429 LIMITS_REACHED: The account may store files of 10 bytes in all";

    private FeatureServer _server = null!;
    private string _space = null!;
    private string _file = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await FeatureServer.StartAsync(settings: new Dictionary<string, string?> { ["CHATBOTKIT_MAX_STORED_BYTES"] = "10" });
        (_space, _file) = (await _server.CreateSpaceAsync(), await _server.CreateFileAsync());
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task FilesOfAnAccount_HaveOneLimit()
    {
        await _server.Owner.UploadTextAsync(_file, "12345");
        await _server.StoreAsync(_space, "a.txt", "1234");

        await _server.Owner.AssertRefusedAsync(Refusal, HttpMethod.Post, Upload("b.txt"), """{"file":"data:text/plain;base64,MTI="}""");
        await _server.Owner.AssertRefusedAsync(Refusal, HttpMethod.Post, Upload("b.txt"), """{"file":"data:text/plain,12"}""");
        await _server.Owner.AssertRefusedAsync(Refusal, HttpMethod.Post, Upload("b.txt"), new StringContent("12"));
        await _server.Owner.AssertRefusedAsync(Refusal, HttpMethod.Post, Upload("b.txt"), """{"file":{"type":"text/plain","size":2}}""");
        await _server.Owner.AssertRefusedAsync(Refusal, HttpMethod.Post, $"space/{_space}/storage/copy/a.txt", """{"destinationPath":"b.txt"}""");
        await _server.Owner.AssertRefusedAsync(Refusal, HttpMethod.Post, $"file/{_file}/upload", """{"file":"data:text/plain,1234567"}""");
        Assert.Equal(2, (await _server.FilesAsync()).Count);
        Assert.Equal("1234", await _server.LoadAsync(_space, "a.txt"));
        // Other accounts have room of their own.
        using var stranger = await _server.StrangerAsync();
        var other = ApiJson.Id(await stranger.ReadAsync(HttpMethod.Post, "space/create", "{}"));
        await stranger.ReadAsync(HttpMethod.Post, $"space/{other}/storage/upload/a.txt", """{"file":"data:text/plain,1234567890"}""");
    }

    [Fact]
    public async Task WhatIsReplacedMovedAndDeleted_GivesItsRoomBack()
    {
        await _server.StoreAsync(_space, "a.txt", "1234567");
        await _server.StoreAsync(_space, "a.txt", "1234567890");
        await AssertStoredAsync(10);
        await _server.StoreAsync(_space, "a.txt", "12345");
        await _server.PostAsync($"space/{_space}/storage/copy/a.txt", """{"destinationPath":"b.txt"}""");
        await AssertStoredAsync(10);
        await _server.PostAsync($"space/{_space}/storage/move/a.txt", """{"destinationPath":"b.txt"}""");
        await AssertStoredAsync(5);
        await _server.StoreAsync(_space, "c/d.txt", "123");
        await _server.PostAsync($"space/{_space}/storage/delete/c", """{"recursive":true}""");
        await _server.PostAsync($"space/{_space}/storage/delete/b.txt", "{}");
        await AssertStoredAsync(0);
        await _server.Owner.UploadTextAsync(_file, "1234567890");
        await _server.PostAsync($"file/{_file}/delete", "{}");
        await _server.StoreAsync(_space, "a.txt", "1234567890");
        await AssertStoredAsync(10);
        await _server.PostAsync($"space/{_space}/delete", "{}");
        await AssertStoredAsync(0);
    }

    /// <summary>Each of them has room when it begins.</summary>
    [Fact]
    public async Task UploadsAtTheSameTime_DoNotExceedTheLimitTogether()
    {
        var codes = await Task.WhenAll(Enumerable.Range(0, 8).Select(number =>
            _server.Owner.CodeAsync(HttpMethod.Post, Upload($"{number}.txt"), new StringContent("123"))));

        Assert.Equal(3, codes.Count(code => code == "200"));
        Assert.All(codes.Where(code => code != "200"), code => Assert.Equal("429 LIMITS_REACHED", code));
        await AssertStoredAsync(9);
        Assert.Equal(3, (await _server.FilesAsync()).Count);
    }

    [Fact]
    public async Task AnnouncedFiles_AreCountedWhenTheirBytesCome()
    {
        var first = await _server.PostAsync(Upload("a.txt"), """{"file":{"type":"text/plain","size":6}}""");
        var second = await _server.PostAsync(Upload("b.txt"), """{"file":{"type":"text/plain","size":6}}""");
        await AssertStoredAsync(0);

        Assert.Equal("200", await _server.PutAsync(first, "123456"));
        Assert.Equal("429 LIMITS_REACHED", await _server.PutAsync(second, "123456"));
        Assert.Equal("200", await _server.PutAsync(second, "1234"));
        await AssertStoredAsync(10);
    }

    private string Upload(string path) => $"space/{_space}/storage/upload/{path}";

    private async Task AssertStoredAsync(long bytes)
    {
        var account = await _server.Server.OwnerAccountIdAsync();
        Assert.Equal(bytes, await _server.Server.Store.QueryAsync(db => db.StoredBytesAsync(account), TestContext.Current.CancellationToken));
    }
}
