using System.Diagnostics.Metrics;
using ChatBotKit.Server.Configuration;
using ChatBotKit.Server.Knowledge;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>Searches of datasets whose records have vectors, and what happens when the model fails.</summary>
public sealed class EmbeddedSearchTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Search_FindsOtherWordsOfTheSameMeaning_AndTheScoreIsTheCosine()
    {
        await using var dataset = await EmbeddedDataset.StartAsync();
        await dataset.Server.CreateRecordAsync(dataset.Id, "Roses are delivered on Mondays.");
        var id = await dataset.Server.CreateRecordAsync(dataset.Id, "Orchids need water.");
        await dataset.EmbeddedAsync();

        var found = await dataset.Server.SearchAsync(dataset.Id, "moisture");

        Assert.Equal(id, found[0].Id());
        // Three words and the little that every text has, against one word and that.
        Assert.Equal((1 + 0.01) / Math.Sqrt(3.01 * 1.01), found[0].GetProperty("score").GetDouble(), 0.02);
        Assert.All(dataset.Model.Requests, request => Assert.Equal(("Bearer sk-embedding", "small"), (request.Authorization, request.Body.Text("model"))));
    }

    [Fact]
    public async Task Words_AndMeaning_AreMerged_AndTheMinimumScoreCounts()
    {
        await using var dataset = await EmbeddedDataset.StartAsync();
        var other = await dataset.Server.CreateRecordAsync(dataset.Id, "Water is wet.");
        var both = await dataset.Server.CreateRecordAsync(dataset.Id, "Tulips grown with moisture.");
        var none = await dataset.Server.CreateRecordAsync(dataset.Id, "Something else entirely here.");
        await dataset.EmbeddedAsync();

        Assert.Equal(both, (await dataset.Server.SearchIdsAsync(dataset.Id, "tulips planted water")).First());
        await dataset.Server.PostAsync($"dataset/{dataset.Id}/update", """{"searchMinScore":0.2}""");
        Assert.Equal([both, other], await dataset.Server.SearchIdsAsync(dataset.Id, "tulips planted water"));
        Assert.DoesNotContain(none, await dataset.Server.SearchIdsAsync(dataset.Id, "tulips planted water"));
        await dataset.Server.PostAsync($"dataset/{dataset.Id}/update", """{"searchMinScore":0.99}""");
        Assert.Empty(await dataset.Server.SearchAsync(dataset.Id, "tulips planted water"));
    }

    [Fact]
    public async Task Filter_AppliesToWhatVectorsFind()
    {
        await using var dataset = await EmbeddedDataset.StartAsync();
        await dataset.Server.AddRecordsAsync(
            dataset.Id, Enumerable.Range(0, 150).Select(number => ($"r{number}", "Orchids need water.", (string?)"""{"page":1}""")));
        var id = await dataset.Server.CreateRecordAsync(dataset.Id, "Some lilies may need some water.", meta: """{"page":2}""");
        await dataset.EmbeddedAsync();

        Assert.Equal([id], await dataset.Server.SearchIdsAsync(dataset.Id, "moisture", """{"page":2}"""));
    }

    /// <summary>The model does not answer, so there are no vectors yet.</summary>
    [Fact]
    public async Task Search_NeverWaitsForTheVectorsOfRecords()
    {
        await using var dataset = await EmbeddedDataset.StartAsync();
        dataset.Model.Instead = async (request, _) =>
        {
            await Task.Delay(Timeout.Infinite, request.Aborted).ContinueWith(_ => { }, TaskScheduler.Default);
            return true;
        };
        var id = await dataset.Server.CreateRecordAsync(dataset.Id, "Orchids need water.");

        Assert.Equal([id], await dataset.Server.SearchIdsAsync(dataset.Id, "water"));
        Assert.DoesNotContain("water", dataset.Model.Texts);
    }

    [Fact]
    public async Task RecordWithoutAVectorYet_IsFoundByItsWords_BesideOthers()
    {
        await using var dataset = await EmbeddedDataset.StartAsync();
        await dataset.Server.CreateRecordAsync(dataset.Id, "Orchids need water.");
        await dataset.EmbeddedAsync();
        dataset.Model.Instead = (request, response) => Task.FromResult(Refuse(response, request.Texts.Any(text => text.Contains("Tulips", StringComparison.Ordinal)) ? 503 : null));

        var added = await dataset.Server.CreateRecordAsync(dataset.Id, "Tulips need moisture.");

        Assert.Equal(added, (await dataset.Server.SearchIdsAsync(dataset.Id, "tulips moisture")).First());
    }

    [Theory]
    [InlineData(500, null)]
    [InlineData(401, null)]
    [InlineData(200, """{"data":[]}""")]
    [InlineData(200, """{"data":[{"index":0,"embedding":[1e999]}]}""")]
    [InlineData(200, """{"data":[{"index":0,"embedding":[1,2]}]}""")]
    [InlineData(200, """{"data":[{"index":7,"embedding":[1]}]}""")]
    [InlineData(200, """{"data":[{"index":0,"embedding":"AAAA"}]}""")]
    [InlineData(200, "<html>")]
    [InlineData(200, "[]")]
    public async Task QuestionThatFails_IsSearchedByWordsAlone_AndCounted(int status, string? body)
    {
        await using var dataset = await EmbeddedDataset.StartAsync();
        var id = await dataset.Server.CreateRecordAsync(dataset.Id, "Orchids need water.");
        await dataset.Server.CreateRecordAsync(dataset.Id, "Roses.");
        await dataset.EmbeddedAsync();
        dataset.Model.Instead = async (_, response) =>
        {
            response.StatusCode = status;
            await response.WriteAsync(body ?? "", Token);
            return true;
        };
        using var counted = new Fallbacks();

        Assert.Equal([id], await dataset.Server.SearchIdsAsync(dataset.Id, "water"));
        Assert.Equal(["question"], counted.Missing);
        // For a while the model is not asked again.
        var asked = dataset.Model.Requests.Count;
        Assert.Empty(await dataset.Server.SearchAsync(dataset.Id, "moisture"));
        Assert.Equal((asked, 2), (dataset.Model.Requests.Count, counted.Missing.Count));
    }

    [Fact]
    public async Task QuestionThatIsLate_IsSearchedByWordsAlone_AndLaterOnesByBoth()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var dataset = await EmbeddedDataset.StartAsync(time);
        var id = await dataset.Server.CreateRecordAsync(dataset.Id, "Orchids need water.");
        await dataset.Server.CreateRecordAsync(dataset.Id, "Roses.");
        await dataset.EmbeddedAsync();
        var asked = new TaskCompletionSource();
        dataset.Model.Instead = async (request, _) =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.Infinite, request.Aborted).ContinueWith(_ => { }, TaskScheduler.Default);
            return true;
        };

        var search = dataset.Server.SearchIdsAsync(dataset.Id, "water");
        await asked.Task.WaitAsync(Token);
        Assert.False(search.IsCompleted);
        time.Advance(QuestionVectors.Patience);

        Assert.Equal([id], await search);
        dataset.Model.Instead = null;
        time.Advance(FailurePause.Length);
        Assert.Contains(id, await dataset.Server.SearchIdsAsync(dataset.Id, "moisture"));
    }

    [Fact]
    public async Task EmptyDataset_AsksTheModelNothing()
    {
        await using var dataset = await EmbeddedDataset.StartAsync();

        Assert.Empty(await dataset.Server.SearchAsync(dataset.Id, "water"));
        Assert.Empty(dataset.Model.Requests);
    }

    [Fact]
    public async Task VectorsThatDoNotFitIntoTheMemory_AreNotUsed_AndThatIsCounted()
    {
        await using var dataset = await EmbeddedDataset.StartAsync(settings: ("CHATBOTKIT_VECTOR_MEMORY_BYTES", "1000"));
        var id = await dataset.Server.CreateRecordAsync(dataset.Id, "Orchids need water.");
        await dataset.EmbeddedAsync();
        using var counted = new Fallbacks();

        Assert.Equal([id], await dataset.Server.SearchIdsAsync(dataset.Id, "water"));
        Assert.Empty(await dataset.Server.SearchAsync(dataset.Id, "moisture"));
        Assert.Equal(["vectors", "vectors"], counted.Missing);
    }

    [Fact]
    public async Task DamagedVectors_AreSearchedByWords_AndComputedAgain()
    {
        await using var dataset = await EmbeddedDataset.StartAsync();
        await dataset.Server.AddRecordsAsync(
            dataset.Id, Enumerable.Range(0, 300).Select(number => ($"r{number}", $"Orchids need water, says page{number}.", (string?)null)));
        var id = await dataset.Server.CreateRecordAsync(dataset.Id, "Tulips.");
        await dataset.EmbeddedAsync();
        await dataset.CloseAsync();
        await using (var file = new FileStream(dataset.Indexes.VectorPathOf(dataset.Id), FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            // The schema remains readable, so the damage is found by a search.
            file.Seek(4 * 4096, SeekOrigin.Begin);
            await file.WriteAsync(Enumerable.Repeat((byte)0xAA, (int)file.Length - (4 * 4096)).ToArray(), Token);
        }

        Assert.Equal([id], await dataset.Server.SearchIdsAsync(dataset.Id, "tulips"));
        await dataset.EmbeddedAsync();
        Assert.Contains(id, await dataset.Server.SearchIdsAsync(dataset.Id, "tulips planted"));
        Assert.Equal(2, dataset.Model.Texts.Count(text => text == "Tulips."));
    }

    private static bool Refuse(HttpResponse response, int? status)
    {
        if (status is not { } code)
            return false;
        response.StatusCode = code;
        return true;
    }

    /// <summary>The searches that went on without a part, as they are counted.</summary>
    private sealed class Fallbacks : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly Lock _lock = new();
        private readonly List<string> _missing = [];

        public Fallbacks()
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == TelemetryOptions.SourceName && instrument.Name == "chatbotkit.knowledge.fallbacks")
                    listener.EnableMeasurementEvents(instrument);
            };
            _listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
            {
                lock (_lock)
                    _missing.Add((string)tags[0].Value!);
            });
            _listener.Start();
        }

        public List<string> Missing
        {
            get
            {
                lock (_lock)
                    return [.. _missing];
            }
        }

        public void Dispose() => _listener.Dispose();
    }
}
