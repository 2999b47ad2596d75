using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Features.Datasets.Records;
using Microsoft.Extensions.Time.Testing;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>The numbered changes of a dataset's records, and the deletion of all of them.</summary>
public sealed class RecordChangeTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    private FeatureServer _server = null!;
    private string _dataset = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IStore Store => _server.Server.Store;

    public async ValueTask InitializeAsync()
    {
        _server = await FeatureServer.StartAsync(_time);
        _dataset = ApiJson.Id(await _server.PostAsync("dataset/create", "{}"));
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Changes_AreNumberedWithoutGaps_AndEachRecordHasItsLast()
    {
        var (a, b, c) = (await CreateAsync("a"), await CreateAsync("b"), await CreateAsync("c"));
        await _server.PostAsync($"dataset/{_dataset}/record/{a}/update", """{"text":"a2"}""");
        await _server.PostAsync($"dataset/{_dataset}/record/{b}/delete", "{}");

        Assert.Equal([(c, "c", 3L), (a, "a2", 4L), (b, null, 5L)], await ChangesAsync(after: 0));
        Assert.Equal([(b, null, 5L)], await ChangesAsync(after: 4));
        Assert.Equal([(c, "c", 3L)], await ChangesAsync(after: 0, take: 1));
        Assert.Equal([(c, "c", 3L)], await ChangesAsync(after: 2, characters: 1));
        Assert.Equal(new RecordChangeNumbers(5, 0), await NumbersAsync());
        Assert.Empty(await ChangesAsync(after: 5));
    }

    [Fact]
    public async Task Numbers_OfConcurrentRequests_AreAllDifferent_AndBelongToTheirDataset()
    {
        var other = ApiJson.Id(await _server.PostAsync("dataset/create", "{}"));
        await Task.WhenAll(Enumerable.Range(0, 20).Select(number => CreateAsync($"{number}", number % 2 == 0 ? _dataset : other)));

        foreach (var dataset in new[] { _dataset, other })
        {
            var rows = await Store.ListAsync(RecordTable.Rows, """WHERE "DatasetId" = $1""", dataset);
            Assert.Equal(Enumerable.Range(1, 10).Select(number => (long)number), rows.Select(row => row.Change).Order());
        }
    }

    [Fact]
    public async Task Sweep_ForgetsDeletionsOfADay_AndTellsUpToWhere()
    {
        var (a, b, c) = (await CreateAsync("a"), await CreateAsync("b"), await CreateAsync("c"));
        await _server.PostAsync($"dataset/{_dataset}/record/{a}/delete", "{}");
        _time.Advance(TimeSpan.FromHours(12));
        await _server.PostAsync($"dataset/{_dataset}/record/{b}/delete", "{}");
        var sweep = SweepWork();

        _time.Advance(TimeSpan.FromHours(12));
        await sweep.SweepAsync(Token);
        Assert.Equal(3, (await ChangesAsync(after: 0)).Count);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        await sweep.SweepAsync(Token);

        Assert.Equal([(c, "c", 3L), (b, null, 5L)], await ChangesAsync(after: 0));
        Assert.Equal(new RecordChangeNumbers(5, 4), await NumbersAsync());
        _time.Advance(TimeSpan.FromHours(12));
        await sweep.SweepAsync(Token);
        Assert.Equal(new RecordChangeNumbers(5, 5), await NumbersAsync());
    }

    [Fact]
    public async Task DeletedDataset_LosesItsRecordsInPieces_AndTakesNoMore()
    {
        var kept = ApiJson.Id(await _server.PostAsync("dataset/create", "{}"));
        await CreateAsync("kept", kept);
        await AddAsync((2 * RecordRemovalWork.BatchSize) + 1);

        await _server.PostAsync($"dataset/{_dataset}/delete", "{}");

        await _server.Owner.AssertRefusedAsync("404 NOT_FOUND: Dataset not found", HttpMethod.Post, $"dataset/{_dataset}/record/create", """{"text":"late"}""");
        await WaitForRecordsAsync(1);
        Assert.Null(await NumbersAsync());
        Assert.Equal(kept, (await Store.SingleAsync(RecordTable.Rows)).DatasetId);
        Assert.Equal(0, await Store.CountAsync(DueWorkTable.Rows, """WHERE "Kind" = $1""", RecordTable.RemovalKind));
    }

    /// <summary>A write that has found its dataset before it was deleted is refused by the database.</summary>
    [Fact]
    public async Task Record_OfADatasetThatIsGone_IsRefusedByTheDatabase()
    {
        await _server.PostAsync($"dataset/{_dataset}/delete", "{}");

        await Assert.ThrowsAsync<MissingParentException>(() => AddAsync(1));
        await WaitForRecordsAsync(0);
    }

    [Fact]
    public async Task Deletion_TakesOnePieceOfLimitedSize()
    {
        await AddAsync(RecordRemovalWork.BatchSize + 1);

        Assert.Equal(RecordRemovalWork.BatchSize, await Store.ChangeAsync(db => db.DeleteRecordsAsync(_dataset, RecordRemovalWork.BatchSize), Token));
        Assert.Equal(1, await Store.CountAsync(RecordTable.Rows));
    }

    [Fact]
    public async Task DeletedUser_LosesItsRecords()
    {
        var user = await _server.Server.AddUserAsync();
        using var child = _server.Server.Client(user.Secret);
        var dataset = ApiJson.Id(await child.ReadAsync(HttpMethod.Post, "dataset/create", "{}"));
        await child.ReadAsync(HttpMethod.Post, $"dataset/{dataset}/record/create", """{"text":"a"}""");
        var own = await CreateAsync("own");

        await _server.PostAsync($"partner/user/{user.Id}/delete", "{}");

        await WaitForRecordsAsync(1);
        Assert.Equal(own, (await Store.SingleAsync(RecordTable.Rows)).Id);
    }

    private RecordDeletionSweep SweepWork() => _server.Service<IEnumerable<ChatBotKit.Server.DueWork.IDueWorkHandler>>().OfType<RecordDeletionSweep>().Single();

    private async Task<string> CreateAsync(string text, string? dataset = null) =>
        ApiJson.Id(await _server.PostAsync($"dataset/{dataset ?? _dataset}/record/create", $$"""{"text":"{{text}}"}"""));

    /// <summary>Stores records directly, in one transaction.</summary>
    private Task<bool> AddAsync(int count) => Store.ChangeAsync(
        async db =>
        {
            for (var number = 0; number < count; number++)
                await db.AddRecordAsync(new RecordRow { DatasetId = _dataset, Id = $"r{number}", Text = "a", CreatedAt = 1, UpdatedAt = 1 });
            return true;
        },
        Token);

    private async Task<IReadOnlyList<(string Id, string? Text, long Change)>> ChangesAsync(long after, int take = 100, int characters = 1000)
    {
        var page = await Store.QueryAsync(db => db.ListRecordChangesAsync(_dataset, after, take, characters), Token);
        return [.. page.Rows.Select(row => (row.Id, row.Text, row.Change))];
    }

    private async Task<RecordChangeNumbers?> NumbersAsync() => await Store.QueryAsync(db => db.FindRecordChangesAsync(_dataset), Token);

    private async Task WaitForRecordsAsync(int count)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        while (await Store.CountAsync(RecordTable.Rows) != count
            || await Store.CountAsync(DueWorkTable.Rows, """WHERE "Kind" = $1""", RecordTable.RemovalKind) > 0)
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
