using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Features.Datasets;
using ChatBotKit.Server.Features.Datasets.Search;
using ChatBotKit.Server.Knowledge;
using ChatBotKit.Server.Tests.Data;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>The files of the search indexes: they follow the records, and may be lost or damaged at any time.</summary>
public sealed class DatasetIndexesTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    private FeatureServer _server = null!;
    private string _dataset = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private DatasetIndexes Indexes => _server.Service<DatasetIndexes>();

    private string FilePath => Indexes.PathOf(_dataset);

    public async ValueTask InitializeAsync()
    {
        _server = await FeatureServer.StartAsync(_time);
        _dataset = await _server.CreateDatasetAsync();
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task DeletedFile_IsCreatedAgain()
    {
        var id = await _server.CreateRecordAsync(_dataset, "Orchids need water.");
        await _server.SearchAsync(_dataset, "water");
        Indexes.CloseIdle(TimeSpan.Zero);
        DatasetIndex.Delete(FilePath);

        Assert.Equal([id], await _server.SearchIdsAsync(_dataset, "water"));
        Assert.True(File.Exists(FilePath));
    }

    [Fact]
    public async Task FileThatIsDeletedWhileItIsOpen_IsCreatedAgain()
    {
        var id = await _server.CreateRecordAsync(_dataset, "Orchids need water.");
        await Indexes.UseAsync(_dataset, (index, last) => index.CompleteAsync(last, Token), Token);
        DatasetIndex.Delete(FilePath);

        Assert.Equal([id], await _server.SearchIdsAsync(_dataset, "water"));
        Assert.True(File.Exists(FilePath));
    }

    [Fact]
    public async Task DamagedFile_IsCreatedAgain()
    {
        var id = await _server.CreateRecordAsync(_dataset, "Orchids need water.");
        await _server.SearchAsync(_dataset, "water");
        Indexes.CloseIdle(TimeSpan.Zero);
        var length = new FileInfo(FilePath).Length;
        await File.WriteAllBytesAsync(FilePath, [.. Enumerable.Repeat((byte)0xAA, (int)length)], Token);

        Assert.Equal([id], await _server.SearchIdsAsync(_dataset, "water"));
    }

    [Fact]
    public async Task FileThatIsDamagedWhileItIsOpen_IsCreatedAgain()
    {
        var ids = Enumerable.Range(0, 300).Select(number => $"r{number}").ToList();
        await _server.AddRecordsAsync(_dataset, ids.Select(id => (id, $"Orchids need water, says the page {id} of the book about plants.", (string?)null)));
        await _server.SearchAsync(_dataset, "water");
        Indexes.CloseIdle(TimeSpan.Zero);
        await using (var file = new FileStream(FilePath, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            // The schema remains readable, so the damage is found by a search.
            file.Seek(16 * 4096, SeekOrigin.Begin);
            await file.WriteAsync(Enumerable.Repeat((byte)0xAA, (int)file.Length - (16 * 4096)).ToArray(), Token);
        }

        Assert.Equal(3, (await _server.SearchAsync(_dataset, "water orchids")).Count);
        var added = await _server.CreateRecordAsync(_dataset, "Tulips.");
        Assert.Equal([added], await _server.SearchIdsAsync(_dataset, "tulips"));
    }

    [Fact]
    public async Task FileThatCanNotBeWritten_Is503_UntilItCan()
    {
        var id = await _server.CreateRecordAsync(_dataset, "Orchids need water.");
        var directory = Path.GetDirectoryName(FilePath)!;
        await File.WriteAllTextAsync(directory, "in the way", Token);

        await _server.Owner.AssertRefusedAsync("503 SERVICE_UNAVAILABLE", HttpMethod.Post, $"dataset/{_dataset}/search", """{"search":"water"}""");
        Assert.Equal(id, (await _server.GetAsync($"dataset/{_dataset}/record/{id}/fetch")).Id());
        File.Delete(directory);

        Assert.Equal([id], await _server.SearchIdsAsync(_dataset, "water"));
    }

    [Fact]
    public async Task IndexThatLacksAForgottenDeletion_IsCreatedAgain()
    {
        var id = await _server.CreateRecordAsync(_dataset, "Orchids need water.");
        var kept = await _server.CreateRecordAsync(_dataset, "Roses need sun.");
        await _server.SearchAsync(_dataset, "water");
        await _server.PostAsync($"dataset/{_dataset}/record/{id}/delete", "{}");
        await _server.Server.Store.ChangeAsync(db => db.ForgetRecordDeletionsAsync(long.MaxValue, 100), Token);

        Assert.Empty(await _server.SearchAsync(_dataset, "water"));
        Indexes.CloseIdle(TimeSpan.Zero);
        using (var index = DatasetIndex.Open(FilePath))
        {
            Assert.Empty(index.Search("water", 10));
            Assert.Equal(kept, Assert.Single(index.Search("sun", 10)).Id);
            Assert.Equal(3, index.LastChange);
            index.Apply([new IndexedRecord("mark", "", "A mark of this file.")], [], 3);
        }

        // The same deletion does not make it necessary a second time, so the mark is still in the file.
        Assert.Equal([kept], await _server.SearchIdsAsync(_dataset, "sun"));
        Indexes.CloseIdle(TimeSpan.Zero);
        using var same = DatasetIndex.Open(FilePath);
        Assert.Equal("mark", Assert.Single(same.Search("mark", 10)).Id);
    }

    /// <summary>The database was restored from a backup, and the file is of later.</summary>
    [Fact]
    public async Task IndexThatIsNewerThanTheDatabase_IsCreatedAgain()
    {
        var id = await _server.CreateRecordAsync(_dataset, "Orchids need water.");
        Directory.CreateDirectory(Path.GetDirectoryName(FilePath)!);
        using (var index = DatasetIndex.Open(FilePath))
            index.Apply([new IndexedRecord("other", "", "Lilies need shade.")], [], 99);

        Assert.Equal([id], await _server.SearchIdsAsync(_dataset, "water"));
        Indexes.CloseIdle(TimeSpan.Zero);
        using var again = DatasetIndex.Open(FilePath);
        Assert.Equal((1, 0), (again.LastChange, again.Search("lilies", 10).Count));
    }

    [Fact]
    public async Task OpenFiles_AreLimited_AndClosedWhenTheyAreIdle()
    {
        for (var number = 0; number < DatasetIndexes.MaxOpen + 4; number++)
        {
            var dataset = await _server.CreateDatasetAsync();
            var id = await _server.CreateRecordAsync(dataset, "Orchids need water.");
            Assert.Equal([id], await _server.SearchIdsAsync(dataset, "water"));
            Assert.InRange(Indexes.Count, 1, DatasetIndexes.MaxOpen);
        }

        Assert.Equal(0, Indexes.CloseIdle(TimeSpan.FromMinutes(1)));
        Assert.Equal(DatasetIndexes.MaxOpen, Indexes.Count);
        _time.Advance(TimeSpan.FromSeconds(59));
        await _server.CreateRecordAsync(_dataset, "Orchids need water.");
        await _server.SearchAsync(_dataset, "water");
        _time.Advance(TimeSpan.FromSeconds(1));
        Indexes.CloseIdle(TimeSpan.FromMinutes(1));
        Assert.Equal(1, Indexes.Count);
    }

    [Fact]
    public async Task FileOfADeletedDataset_IsDeleted()
    {
        await _server.CreateRecordAsync(_dataset, "Orchids need water.");
        await _server.SearchAsync(_dataset, "water");
        Assert.True(File.Exists(FilePath));

        await _server.PostAsync($"dataset/{_dataset}/delete", "{}");

        await WaitAsync(() => !File.Exists(FilePath));
        Assert.Empty(Directory.EnumerateFiles(Path.GetDirectoryName(FilePath)!));
    }

    [Fact]
    public async Task FilesOfUnknownDatasets_AreDeleted_AndOthersKept()
    {
        var id = await _server.CreateRecordAsync(_dataset, "Orchids need water.");
        await _server.SearchAsync(_dataset, "water");
        DatasetIndex.Open(Indexes.PathOf("unknown")).Dispose();

        await Indexes.DeleteUnusedAsync(Token);

        Assert.False(File.Exists(Indexes.PathOf("unknown")));
        Assert.Equal([id], await _server.SearchIdsAsync(_dataset, "water"));
    }

    [Fact]
    public async Task SearchesAtTheSameTime_WithWrites_FindWhatWasStoredBefore()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(async writer =>
        {
            for (var number = 0; number < 10; number++)
            {
                var id = await _server.CreateRecordAsync(_dataset, $"word{writer}x{number}");
                Assert.Equal(id, (await _server.SearchIdsAsync(_dataset, $"word{writer}x{number}")).First());
            }
        }));

        Assert.Equal(40, await _server.Server.Store.CountAsync(RecordTable.Rows));
    }

    [Fact]
    public async Task DatasetThatIsDeletedWhileItIsSearched_IsNotFoundOrEmpty()
    {
        await _server.AddRecordsAsync(_dataset, Enumerable.Range(0, 2000).Select(number => ($"r{number}", $"Page {number} about water.", (string?)null)));
        var searches = Enumerable.Range(0, 8).Select(_ => _server.Owner.CodeAsync(HttpMethod.Post, $"dataset/{_dataset}/search", """{"search":"water"}""")).ToList();

        await _server.PostAsync($"dataset/{_dataset}/delete", "{}");

        Assert.All(await Task.WhenAll(searches), code => Assert.Contains(code, (string[])["200", "404 NOT_FOUND"]));
        await Indexes.DeleteUnusedAsync(Token);
        await WaitAsync(() => !File.Exists(FilePath));
    }

    /// <summary>A search that begins before the deletion, and looks for the index while its file is being deleted.</summary>
    [Fact]
    public async Task IndexThatIsBeingDeleted_IsNotOpenedAgain()
    {
        var store = new DeletingStore();
        var options = new StoreOptions { DataDirectory = Path.GetDirectoryName(Path.GetDirectoryName(FilePath))! };
        using var indexes = new DatasetIndexes(
            store, new IndexUpdates(store, NullLogger<IndexUpdates>.Instance), options, new ChangeFeed(), _time,
            NullLogger<DatasetIndexes>.Instance, new VectorMemory(VectorMemory.DefaultLimit));
        using ManualResetEventSlim isHeld = new(), goOn = new();
        var holding = Task.Run(() => indexes.UseAsync(_dataset, (held, _) => Task.FromResult(held.Open().OnVectors(_ =>
        {
            isHeld.Set();
            goOn.Wait(Token);
            return true;
        })), Token));
        isHeld.Wait(Token);
        indexes.OnChanged(new Change(DatasetKind.Name, _dataset, AccountId: "", ChangeKind.Deleted));
        await WaitAsync(() => indexes.Count == 0);

        store.Answers = 1;
        Assert.Empty(await indexes.SearchAsync(_dataset, new("water"), 3, accepts: null, Token));

        Assert.Equal(0, indexes.Count);
        goOn.Set();
        Assert.True(await holding);
        await WaitAsync(() => !File.Exists(FilePath));
    }

    /// <summary>The records can't be read for a long time.</summary>
    [Fact]
    public async Task Search_WaitsForALimitedTime_AndFindsWhatIsIndexed()
    {
        var store = new SlowStore();
        var held = new HeldIndex(_dataset, FilePath, new IndexUpdates(store, NullLogger<IndexUpdates>.Instance), _time);
        held.Open().Apply([new IndexedRecord("old", "", "Orchids need water.")], [], 5);
        var search = held.SearchAsync(upTo: 6, new("water"), 3, accepts: null, Token);

        while (!search.IsCompleted)
        {
            Token.ThrowIfCancellationRequested();
            _time.Advance(HeldIndex.Patience);
            await Task.Yield();
        }

        Assert.Equal("old", Assert.Single(await search).Id);
        Assert.True(held.IsBusy);
        store.Answer.SetResult();
        held.Close(delete: true);
    }

    /// <summary>The dataset was deleted after the search had begun.</summary>
    [Fact]
    public async Task Search_ForAChangeThatIsGone_DoesNotWaitForIt()
    {
        var store = new SlowStore();
        store.Answer.SetResult();
        using var held = new HeldIndex(_dataset, FilePath, new IndexUpdates(store, NullLogger<IndexUpdates>.Instance), _time);

        Assert.Empty(await held.SearchAsync(upTo: 6, new("water"), 3, accepts: null, Token));
    }

    private static async Task WaitAsync(Func<bool> isReached)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        while (!isReached())
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    /// <summary>A store whose dataset exists for a number of queries.</summary>
    private sealed class DeletingStore : PartialStore
    {
        public int Answers { get; set; } = 1;

        public override ValueTask<T> QueryAsync<T>(Func<ISqlSession, ValueTask<T>> query, CancellationToken cancellationToken) =>
            new(Answers-- > 0 ? (T)(object)new RecordChangeNumbers(1, 0) : default!);
    }

    /// <summary>A store that answers no query until the test says so, and then knows no dataset.</summary>
    private sealed class SlowStore : PartialStore
    {
        public TaskCompletionSource Answer { get; } = new();

        public override async ValueTask<T> QueryAsync<T>(Func<ISqlSession, ValueTask<T>> query, CancellationToken cancellationToken)
        {
            await Answer.Task;
            return default!;
        }
    }
}
