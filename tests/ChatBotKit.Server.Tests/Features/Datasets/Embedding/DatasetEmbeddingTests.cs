using ChatBotKit.Server.Features.Datasets.Embedding;
using ChatBotKit.Server.Features.Datasets.Search;
using ChatBotKit.Server.Hosting;
using ChatBotKit.Server.Knowledge;
using ChatBotKit.TestModels;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>The vectors of records: which are computed, when, and how often.</summary>
public sealed class DatasetEmbeddingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Passages_AreEmbedded_WithTheirTitle_EachTextOnce()
    {
        await using var dataset = await EmbeddedDataset.StartAsync(settings: [("CHATBOTKIT_EMBEDDING_PASSAGE_PREFIX", "passage: "), ("CHATBOTKIT_EMBEDDING_QUESTION_PREFIX", "query: ")]);
        await dataset.Server.CreateRecordAsync(dataset.Id, "Orchids need water.", meta: """{"title":"Care"}""");
        await dataset.EmbeddedAsync();
        await dataset.Server.CreateRecordAsync(dataset.Id, "Orchids need water.", meta: """{"title":"Care"}""");
        await dataset.Server.CreateRecordAsync(dataset.Id, string.Concat(Enumerable.Repeat("The valley has many old trees. ", 200)));
        await dataset.EmbeddedAsync();
        Assert.Equal(3, (await dataset.Server.SearchAsync(dataset.Id, "moisture")).Count);

        var passages = dataset.Model.Texts;
        Assert.Equal("passage: Care\nOrchids need water.", passages[0]);
        Assert.All(passages.Skip(1).Take(passages.Count - 2), text => Assert.InRange(text.Length, 400, 1_500));
        Assert.Equal("query: moisture", passages[^1]);
        Assert.InRange(passages.Count, 4, 8);
        Assert.Distinct(passages);
    }

    [Fact]
    public async Task Requests_HaveALimitedNumberOfTexts()
    {
        await using var dataset = await EmbeddedDataset.StartAsync();
        await dataset.Server.AddRecordsAsync(dataset.Id, Enumerable.Range(0, 200).Select(number => ($"r{number:d3}", $"Page {number} {new string('x', 1_500)}", (string?)null)));
        await dataset.Server.CreateRecordAsync(dataset.Id, "Orchids.");
        await dataset.EmbeddedAsync();

        Assert.Equal(201, dataset.Model.Texts.Distinct().Count());
        Assert.All(dataset.Model.Requests, request =>
        {
            Assert.InRange(request.Texts.Count, 1, DatasetEmbedding.MaxTexts);
            Assert.InRange(request.Texts.Sum(text => text.Length), 1, DatasetEmbedding.MaxCharacters + 5_000);
        });
        Assert.InRange(dataset.Model.Requests.Count, 5, 12);
    }

    [Fact]
    public async Task IndexThatIsMadeAgain_TakesTheStoredVectors()
    {
        await using var dataset = await EmbeddedDataset.StartAsync();
        var id = await dataset.Server.CreateRecordAsync(dataset.Id, "Orchids need water.");
        await dataset.EmbeddedAsync();
        await dataset.CloseAsync();
        DatasetIndex.Delete(dataset.Indexes.PathOf(dataset.Id));

        var added = await dataset.Server.CreateRecordAsync(dataset.Id, "Roses.");
        await dataset.EmbeddedAsync();

        Assert.Equal(["Orchids need water.", "Roses."], dataset.Model.Texts);
        Assert.Equal([id, added], await dataset.Server.SearchIdsAsync(dataset.Id, "moisture"));
    }

    [Fact]
    public async Task DeletedAndChangedRecords_LoseTheirVector()
    {
        await using var dataset = await EmbeddedDataset.StartAsync();
        var changed = await dataset.Server.CreateRecordAsync(dataset.Id, "Orchids need water.");
        var deleted = await dataset.Server.CreateRecordAsync(dataset.Id, "Roses need water too.");
        await dataset.EmbeddedAsync();
        Assert.Equal(2, CountVectors(dataset));

        await dataset.Server.PostAsync($"dataset/{dataset.Id}/record/{changed}/update", """{"text":"Orchids need light."}""");
        await dataset.Server.PostAsync($"dataset/{dataset.Id}/record/{deleted}/delete", "{}");
        await dataset.EmbeddedAsync();
        await EmbeddedDataset.WaitAsync(() => Task.FromResult(CountVectors(dataset) == 1));

        var found = Assert.Single(await dataset.Server.SearchAsync(dataset.Id, "moisture"));
        Assert.Equal(changed, found.Id());
        Assert.InRange(found.GetProperty("score").GetDouble(), 0, 0.1);
    }

    [Fact]
    public async Task DeletedDataset_LosesItsFiles()
    {
        await using var dataset = await EmbeddedDataset.StartAsync();
        await dataset.Server.CreateRecordAsync(dataset.Id, "Orchids need water.");
        await dataset.EmbeddedAsync();
        var path = dataset.Indexes.VectorPathOf(dataset.Id);
        Assert.True(File.Exists(path));

        await dataset.Server.PostAsync($"dataset/{dataset.Id}/delete", "{}");

        await EmbeddedDataset.WaitAsync(() => Task.FromResult(!File.Exists(path)));
        Assert.Empty(Directory.EnumerateFiles(Path.GetDirectoryName(path)!));
        await File.WriteAllTextAsync(dataset.Indexes.VectorPathOf("unknown"), "", Token);
        await dataset.Indexes.DeleteUnusedAsync(Token);
        Assert.Empty(Directory.EnumerateFiles(Path.GetDirectoryName(path)!));
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    [InlineData(401)]
    public async Task ModelThatFails_IsAskedAgainAfterAPause_AndNothingIsComputedTwice(int status)
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var dataset = await EmbeddedDataset.StartAsync(time);
        var failed = new TaskCompletionSource<DateTimeOffset>();
        var requests = 0;
        DateTimeOffset? again = null;
        dataset.Model.Instead = (_, response) =>
        {
            var number = Interlocked.Increment(ref requests);
            again = number == 3 ? time.GetUtcNow() : again;
            if (number != 2)
                return Task.FromResult(false);
            response.StatusCode = status;
            response.Headers.RetryAfter = "30";
            failed.SetResult(time.GetUtcNow());
            return Task.FromResult(true);
        };

        await dataset.Server.AddRecordsAsync(dataset.Id, Enumerable.Range(0, 100).Select(number => ($"r{number:d3}", $"Page {number}", (string?)null)));
        // The clock stands still while a request is answered, which has a time limit.
        await dataset.EmbeddedAsync(() => time.Advance(failed.Task.IsCompleted && again is null ? TimeSpan.FromSeconds(1) : TimeSpan.Zero));

        Assert.True(again - await failed.Task >= TimeSpan.FromSeconds(30), $"{again - await failed.Task}");
        // The texts of the request that failed are sent twice, and no others.
        Assert.Equal((100, 136), (dataset.Model.Texts.Distinct().Count(), dataset.Model.Texts.Count));
    }

    /// <summary>A text that is too long for the model does not keep the others from their vectors.</summary>
    [Fact]
    public async Task TextThatTheModelRefuses_IsShortened_OrLeftToItsWords()
    {
        await using var dataset = await EmbeddedDataset.StartAsync();
        dataset.Model.Instead = (request, response) =>
        {
            if (request.Texts.All(text => text.Length <= 1_000 && !text.Contains("forbidden", StringComparison.Ordinal)))
                return Task.FromResult(false);
            response.StatusCode = 400;
            return Task.FromResult(true);
        };
        await dataset.Server.AddRecordsAsync(dataset.Id,
        [
            ("long", $"moisture moisture {new string('x', 3_000)}", null),
            ("never", "forbidden words", null),
            ("short", "Orchids need water.", null),
        ]);
        await dataset.Server.CreateRecordAsync(dataset.Id, "Roses.");
        await dataset.EmbeddedAsync();

        Assert.Equal(3, CountVectors(dataset));
        Assert.Contains("long", await dataset.Server.SearchIdsAsync(dataset.Id, "water"));
        Assert.Equal("never", (await dataset.Server.SearchIdsAsync(dataset.Id, "forbidden words here")).First());
    }

    /// <summary>The endpoint does not know the model, and says so in the way in which others refuse a text.</summary>
    [Fact]
    public async Task EndpointThatRefusesEveryText_IsAskedAgain_AndNoTextIsGivenUp()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var dataset = await EmbeddedDataset.StartAsync(time);
        var refused = 0;
        dataset.Model.Instead = (_, response) =>
        {
            if (Interlocked.Increment(ref refused) > 4)
                return Task.FromResult(false);
            response.StatusCode = 400;
            return Task.FromResult(true);
        };
        var id = await dataset.Server.CreateRecordAsync(dataset.Id, "Orchids need water.");
        await dataset.EmbeddedAsync(() => time.Advance(TimeSpan.FromSeconds(1)));

        Assert.Equal([id], await dataset.Server.SearchIdsAsync(dataset.Id, "moisture"));
    }

    /// <summary>The first dataset has a text at which the model fails each time.</summary>
    [Fact]
    public async Task DatasetThatFails_DoesNotKeepOthersFromTheirVectors()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var dataset = await EmbeddedDataset.StartAsync(time);
        var failed = new TaskCompletionSource();
        dataset.Model.Instead = (request, response) =>
        {
            if (request.Texts.All(text => !text.Contains("poison", StringComparison.Ordinal)))
                return Task.FromResult(false);
            response.StatusCode = 500;
            failed.TrySetResult();
            return Task.FromResult(true);
        };
        var other = await dataset.Server.CreateDatasetAsync();
        await dataset.Server.CreateRecordAsync(other, "A poison.");
        await failed.Task.WaitAsync(Token);
        await dataset.Server.CreateRecordAsync(dataset.Id, "Orchids need water.");

        await dataset.EmbeddedAsync(() => time.Advance(TimeSpan.FromSeconds(1)));

        Assert.False(await EmbeddedDataset.IsEmbeddedAsync(dataset.Indexes, other));
        dataset.Model.Instead = null;
        await EmbeddedDataset.WaitAsync(() => EmbeddedDataset.IsEmbeddedAsync(dataset.Indexes, other), () => time.Advance(TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task ModelOfEnglish_GetsEnglishTextsOnly()
    {
        await using var dataset = await EmbeddedDataset.StartAsync(settings: ("CHATBOTKIT_EMBEDDING_LANGUAGES", "en"));
        var english = await dataset.Server.CreateRecordAsync(dataset.Id, "The orchids in the house need some water, and they are in the light of the sun.");
        var german = await dataset.Server.CreateRecordAsync(dataset.Id, "Die Orchideen im Haus brauchen etwas Wasser und stehen im Licht der Sonne am Fenster.");
        await dataset.EmbeddedAsync();

        Assert.All(dataset.Model.Texts, text => Assert.StartsWith("The orchids", text, StringComparison.Ordinal));
        Assert.Equal(german, (await dataset.Server.SearchIdsAsync(dataset.Id, "Wasser für Orchideen")).First());
        Assert.Equal(english, (await dataset.Server.SearchIdsAsync(dataset.Id, "moisture")).First());
    }

    [Fact]
    public async Task Restart_ComputesWhatIsMissing_AndAnotherModelEverything()
    {
        await using var model = await EmbeddingServer.StartAsync(Token);
        var directory = Directory.CreateTempSubdirectory("chatbotkit-test-").FullName;
        var settings = EmbeddedDataset.SettingsOf(model);
        string dataset;
        await using (var app = await ServerFactory.StartInAsync(directory, settings: new Dictionary<string, string?>()))
        {
            using var client = ServerFactory.ClientOf(app);
            dataset = ApiJson.Id(await client.ReadAsync(HttpMethod.Post, "dataset/create", "{}"));
            await client.ReadAsync(HttpMethod.Post, $"dataset/{dataset}/record/create", """{"text":"Orchids need water."}""");
            // The index is made without hashes.
            await client.ReadAsync(HttpMethod.Post, $"dataset/{dataset}/search", """{"search":"water"}""");
        }

        await EmbedAsync();
        Assert.Equal(["Orchids need water."], model.Texts);
        await EmbedAsync();
        Assert.Equal(["Orchids need water."], model.Texts);
        settings["CHATBOTKIT_EMBEDDING_MODEL"] = "large";
        model.Dimensions = 96;
        await EmbedAsync();
        Assert.Equal(["Orchids need water.", "Orchids need water."], model.Texts);
        // The same name, but it is another model.
        model.Dimensions = 32;
        await EmbedAsync(change: """{"text":"Roses."}""");
        Assert.Equal(["Orchids need water.", "Orchids need water.", "Roses.", "Orchids need water.", "Roses."], Distinct(model.Texts));
        Directory.Delete(directory, recursive: true);
        await TestStore.DeleteDatabaseOfAsync(directory);

        async Task EmbedAsync(string? change = null)
        {
            await using var app = await ServerFactory.StartInAsync(directory, settings: settings);
            using var client = ServerFactory.ClientOf(app);
            if (change is not null)
                await client.ReadAsync(HttpMethod.Post, $"dataset/{dataset}/record/create", change);
            var indexes = app.Services.GetRequiredService<DatasetIndexes>();
            await EmbeddedDataset.WaitAsync(() => EmbeddedDataset.IsEmbeddedAsync(indexes, dataset));
        }

        // The two texts of the last step may come in one request or in two, in any order.
        static List<string> Distinct(IReadOnlyList<string> texts) => [.. texts.Take(3), .. texts.Skip(3).Distinct().Order(StringComparer.Ordinal)];
    }

    [Fact]
    public async Task Generator_OfTheHostProgram_IsUsed()
    {
        using var generator = new LengthGenerator();
        await using var server = await ServerFactory.StartAsync(services: services => services.AddEmbeddingModel("length", _ => generator));
        using var client = server.Client();
        var dataset = ApiJson.Id(await client.ReadAsync(HttpMethod.Post, "dataset/create", "{}"));
        await client.ReadAsync(HttpMethod.Post, $"dataset/{dataset}/record/create", """{"text":"abc"}""");
        await client.ReadAsync(HttpMethod.Post, $"dataset/{dataset}/record/create", """{"text":"abcdefghijklmnopqrstuvwxyz"}""");
        await EmbeddedDataset.WaitAsync(() => Task.FromResult(generator.Count == 2));

        await EmbeddedDataset.WaitAsync(async () =>
        {
            var found = await client.ReadAsync(HttpMethod.Post, $"dataset/{dataset}/search", """{"search":"xyz"}""");
            return found.GetProperty("records").EnumerateArray().FirstOrDefault() is { ValueKind: System.Text.Json.JsonValueKind.Object } first && first.Text("text") == "abc";
        });
    }

    private static long CountVectors(EmbeddedDataset dataset)
    {
        using var file = VectorFile.Open(dataset.Indexes.VectorPathOf(dataset.Id), "small\n");
        return file.Count();
    }
}

/// <summary>A generator whose vectors tell the length of a text.</summary>
internal sealed class LengthGenerator : IEmbeddingGenerator<string, Embedding<float>>
{
    private int _count;

    public int Count => _count;

    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        List<string> texts = [.. values];
        Interlocked.Add(ref _count, texts.Count);
        return Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(texts.Select(text => new Embedding<float>(new float[] { 1, text.Length / 10f }))));
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
