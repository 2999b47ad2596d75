using System.Text.Json;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>The search in a dataset over HTTP.</summary>
public sealed class DatasetSearchTests : IAsyncLifetime
{
    private FeatureServer _server = null!;
    private string _dataset = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await FeatureServer.StartAsync();
        _dataset = await _server.CreateDatasetAsync("""{"alias":"shop"}""");
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Search_FindsTheBestRecord_WithEverythingOfIt()
    {
        var id = await _server.CreateRecordAsync(_dataset, "Orchids need water once a week.", "care.md", """{"page":7}""");
        await _server.CreateRecordAsync(_dataset, "Roses are delivered on Mondays.");

        var answer = await _server.PostAsync("dataset/@shop/search", """{"search":"How much water do orchids need?"}""");

        var record = Assert.Single(answer.GetProperty("records").EnumerateArray());
        Assert.Equal((_dataset, id, "Orchids need water once a week.", "care.md"), (answer.Id(), record.Id(), record.Text("text"), record.Text("source")));
        Assert.Equal(7, record.GetProperty("meta").GetProperty("page").GetInt32());
        Assert.InRange(record.GetProperty("score").GetDouble(), 0.5, 1);
        Assert.True(record.GetProperty("createdAt").GetInt64() > 0 && record.GetProperty("updatedAt").GetInt64() > 0);
    }

    [Fact]
    public async Task EveryChange_IsSeenByTheNextSearch()
    {
        for (var round = 0; round < 5; round++)
        {
            var id = await _server.CreateRecordAsync(_dataset, $"The tulips of round {round} are red.");
            Assert.Equal([id], await _server.SearchIdsAsync(_dataset, "tulips"));
            await _server.PostAsync($"dataset/{_dataset}/record/{id}/update", """{"text":"Something about lilies."}""");
            Assert.Empty(await _server.SearchAsync(_dataset, "tulips"));
            Assert.Equal([id], await _server.SearchIdsAsync(_dataset, "lilies"));
            await _server.PostAsync($"dataset/{_dataset}/record/{id}/delete", "{}");
            Assert.Empty(await _server.SearchAsync(_dataset, "lilies"));
        }
    }

    [Fact]
    public async Task Settings_OfTheDataset_LimitTheResult()
    {
        await _server.AddRecordsAsync(_dataset, Enumerable.Range(0, 8).Select(number => ($"r{number}", $"The garden number {number} has a fountain.", (string?)null)));

        Assert.Equal(3, (await _server.SearchAsync(_dataset, "garden fountain")).Count);
        await UpdateAsync("""{"searchMaxRecords":5}""");
        Assert.Equal(5, (await _server.SearchAsync(_dataset, "garden fountain")).Count);
        // Each text has about ten tokens.
        await UpdateAsync("""{"searchMaxTokens":25}""");
        Assert.Equal(2, (await _server.SearchAsync(_dataset, "garden fountain")).Count);
        await UpdateAsync("""{"searchMaxTokens":5}""");
        Assert.Equal("The garden number 0", Assert.Single(await _server.SearchAsync(_dataset, "garden 0 fountain")).Text("text")![..19]);
        await UpdateAsync("""{"searchMinScore":0.9,"searchMaxTokens":1000}""");
        Assert.Empty(await _server.SearchAsync(_dataset, "garden umbrella chair"));
        Assert.Equal(5, (await _server.SearchAsync(_dataset, "garden fountain")).Count);
    }

    [Fact]
    public async Task Request_TakesThePlaceOfTheSettings_ForOneSearch()
    {
        await _server.AddRecordsAsync(_dataset, Enumerable.Range(0, 8).Select(number => ($"r{number}", $"The garden number {number} has a fountain.", (string?)null)));

        Assert.Equal(5, await CountAsync(new { search = "garden fountain", maxRecords = 5 }));
        Assert.Equal(0, await CountAsync(new { search = "garden umbrella chair", minScore = 0.9 }));
        Assert.Equal(3, await CountAsync(new { search = "garden umbrella chair" }));
        await _server.Owner.AssertRefusedAsync("400 BAD_REQUEST: \"minScore\" must be from 0 to 1", HttpMethod.Post, $"dataset/{_dataset}/search", new { search = "x", minScore = 1.1 });
        await _server.Owner.AssertRefusedAsync("400 BAD_REQUEST: \"maxRecords\" must be from 1 to 100", HttpMethod.Post, $"dataset/{_dataset}/search", new { search = "x", maxRecords = 0 });

        async Task<int> CountAsync(object body) =>
            (await _server.Owner.ReadAsync(HttpMethod.Post, $"dataset/{_dataset}/search", body)).GetProperty("records").GetArrayLength();
    }

    [Theory]
    [InlineData("""{"n":1}""", "a")]
    [InlineData("""{"n":1.0}""", "a")]
    [InlineData("""{"n":"1"}""", "c")]
    [InlineData("""{"n":true}""", "d")]
    [InlineData("""{"n":null}""", "ef")]
    [InlineData("""{"n":{"$eq":2}}""", "b")]
    [InlineData("""{"n":{"$ne":2}}""", "acdef")]
    [InlineData("""{"n":{"$gt":1}}""", "b")]
    [InlineData("""{"n":{"$gte":1}}""", "ab")]
    [InlineData("""{"n":{"$lt":2}}""", "a")]
    [InlineData("""{"n":{"$lte":2}}""", "ab")]
    [InlineData("""{"n":{"$gte":1},"color":"red"}""", "b")]
    [InlineData("""{"tags":"x,y"}""", "a")]
    [InlineData("""{"place.row":4}""", "b")]
    [InlineData("""{"a.b":1}""", "c")]
    [InlineData("""{"nothing":1}""", "")]
    [InlineData("{}", "abcdef")]
    [InlineData("null", "abcdef")]
    public async Task Filter_ComparesTypedValues(string filter, string expected)
    {
        await UpdateAsync("""{"searchMaxRecords":10}""");
        string?[] metas =
        [
            """{"n":1,"color":"blue","tags":["x","y"]}""", """{"n":2,"color":"red","place":{"row":4}}""", """{"n":"1","a.b":1}""", """{"n":true}""",
            """{"n":null}""", null,
        ];
        await _server.AddRecordsAsync(_dataset, metas.Select((meta, index) => ($"{(char)('a' + index)}", "A stone in the garden.", meta)));

        Assert.Equal(expected, string.Concat((await _server.SearchIdsAsync(_dataset, "stone", filter)).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task Filter_FindsTheOnlyMatch_AmongManyBetterRecords()
    {
        await _server.AddRecordsAsync(_dataset, Enumerable.Range(0, 1500).Select(number => ($"r{number}", "stone garden", (string?)"""{"kind":"common"}""")));
        await _server.AddRecordsAsync(_dataset, [("rare", "A stone that lies under many other words, so that it comes last.", """{"kind":"rare"}""")]);

        Assert.Equal(["rare"], await _server.SearchIdsAsync(_dataset, "stone garden", """{"kind":"rare"}"""));
        Assert.Empty(await _server.SearchAsync(_dataset, "stone garden", """{"kind":"none"}"""));
    }

    [Theory]
    [InlineData("""{"search":" "}""", "\"search\" may not be empty")]
    [InlineData("""{"search":"a","filter":{"k":{}}}""", "\"filter.k\" must be a plain value, or an object with one of $eq, $ne, $gt, $gte, $lt, $lte*")]
    [InlineData("""{"search":"a","filter":{"k":[1]}}""", "\"filter.k\" must be a plain value*")]
    [InlineData("""{"search":"a","filter":{"k":{"$in":[1]}}}""", "\"filter.k\" must be a plain value*")]
    [InlineData("""{"search":"a","filter":{"k":{"$gt":1,"$lt":2}}}""", "\"filter.k\" must be a plain value*")]
    [InlineData("""{"search":"a","filter":{"k":{"$eq":{"a":1}}}}""", "\"filter.k\" must be a plain value*")]
    [InlineData("""{"search":"a","filter":{"k":{"$gt":"1"}}}""", "\"filter.k.$gt\" must be a number")]
    [InlineData("""{"search":"a","filter":{"k":{"$lte":null}}}""", "\"filter.k.$lte\" must be a number")]
    [InlineData("""{"search":"a","filter":1}""", "*\"filter\"*")]
    [InlineData("""{"filter":{}}""", "*\"search\"*")]
    public async Task BadRequest_IsRefusedByName(string body, string message) =>
        await _server.Owner.AssertRefusedAsync($"400 BAD_REQUEST: {message}", HttpMethod.Post, $"dataset/{_dataset}/search", body);

    [Fact]
    public async Task Filter_WithTooManyKeys_IsRefused()
    {
        var filter = JsonSerializer.Serialize(Enumerable.Range(0, 51).ToDictionary(number => $"k{number}", number => number));

        await _server.Owner.AssertRefusedAsync(
            "400 BAD_REQUEST: \"filter\" may not have more than 50 keys", HttpMethod.Post, $"dataset/{_dataset}/search", $$"""{"search":"a","filter":{{filter}}}""");
    }

    [Theory]
    [InlineData("the of and")]
    [InlineData("🌷🌷")]
    [InlineData("\" AND NOT ( * ^ :")]
    [InlineData("\0\u200f")]
    public async Task Question_WithoutWords_FindsNothing(string search)
    {
        Assert.Empty(await _server.SearchAsync(_dataset, search));
        await _server.CreateRecordAsync(_dataset, "Orchids need water.");

        Assert.Empty(await _server.SearchAsync(_dataset, search));
    }

    [Fact]
    public async Task Dataset_IsSearchedByThoseThatMayUseIt()
    {
        var id = await _server.CreateRecordAsync(_dataset, "Orchids need water.");
        using var stranger = await _server.StrangerAsync();
        var user = await _server.Server.AddUserAsync();
        using var child = _server.Server.Client(user.Secret);
        const string Question = """{"search":"water"}""";

        await stranger.AssertRefusedAsync("404 NOT_FOUND: Dataset not found", HttpMethod.Post, $"dataset/{_dataset}/search", Question);
        await UpdateAsync("""{"visibility":"protected"}""");
        await stranger.AssertRefusedAsync("404 NOT_FOUND: Dataset not found", HttpMethod.Post, $"dataset/{_dataset}/search", Question);
        Assert.Equal(id, (await child.ReadAsync(HttpMethod.Post, $"dataset/{_dataset}/search", Question)).GetProperty("records")[0].Id());
        await UpdateAsync("""{"visibility":"public"}""");
        Assert.Equal(id, (await stranger.ReadAsync(HttpMethod.Post, $"dataset/{_dataset}/search", Question)).GetProperty("records")[0].Id());
    }

    [Fact]
    public async Task Title_ComesFromMetaOrSource()
    {
        var byMeta = await _server.CreateRecordAsync(_dataset, "Page one.", "file:///abc", """{"title":"Warranty"}""");
        var byAddress = await _server.CreateRecordAsync(_dataset, "Page two.", "https://shop.example/help/returning%20shoes");
        var byName = await _server.CreateRecordAsync(_dataset, "Page three.", "Delivery times");

        Assert.Equal([byMeta], await _server.SearchIdsAsync(_dataset, "warranty"));
        Assert.Equal([byAddress], await _server.SearchIdsAsync(_dataset, "return my shoe"));
        Assert.Equal([byName], await _server.SearchIdsAsync(_dataset, "delivery"));
        Assert.Empty(await _server.SearchAsync(_dataset, "shop example abc https"));
    }

    private Task<JsonElement> UpdateAsync(string body) => _server.PostAsync($"dataset/{_dataset}/update", body);
}
