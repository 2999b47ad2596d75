using ChatBotKit.Server.Features.Datasets.Search;
using ChatBotKit.Server.Knowledge;
using ChatBotKit.TestModels;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>Datasets that name a reranker. That of the tests prefers the shortest text.</summary>
public sealed class RerankTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    private EmbeddingServer _endpoint = null!;
    private FeatureServer _server = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _endpoint = await EmbeddingServer.StartAsync(Token);
        _server = await FeatureServer.StartAsync(_time, new Dictionary<string, string?>
        {
            ["CHATBOTKIT_RERANK_URL"] = _endpoint.BaseUrl.AbsoluteUri + "/rerank",
            ["CHATBOTKIT_RERANK_KEY"] = "sk-rerank",
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _endpoint.DisposeAsync();
    }

    [Fact]
    public async Task Reranker_PutsTheFoundRecordsInItsOrder_BeforeTheyAreCut()
    {
        var dataset = await FilledAsync("""{"reranker":"vendor/rank-1","searchMaxRecords":2}""");

        var found = await _server.SearchAsync(dataset, "water orchids");

        Assert.Equal(["Water.", "Water it."], found.Select(record => record.Text("text")));
        var request = Assert.Single(_endpoint.Requests);
        Assert.Equal(("Bearer sk-rerank", "vendor/rank-1", "water orchids", 20), (request.Authorization, request.Body.Text("model"), request.Body.Text("query"), request.Texts.Count));
        Assert.Equal(20, request.Body.GetProperty("top_n").GetInt32());
    }

    [Fact]
    public async Task MaxRecords_OfTheReranker_LimitsWhatItGets()
    {
        var dataset = await FilledAsync("""{"reranker":"rank-1/maxRecords=5/other=x","searchMaxRecords":2}""");

        Assert.Equal(2, (await _server.SearchAsync(dataset, "water orchids")).Count);
        Assert.Equal(5, Assert.Single(_endpoint.Requests).Texts.Count);
    }

    [Theory]
    [InlineData(500, null)]
    [InlineData(400, null)]
    [InlineData(200, """{"results":[]}""")]
    [InlineData(200, """{"results":[{"index":99,"relevance_score":1}]}""")]
    [InlineData(200, """{"results":[{"index":0,"relevance_score":1},{"index":0,"relevance_score":2}]}""")]
    [InlineData(200, """{"scores":[1]}""")]
    public async Task RerankerThatFails_LeavesTheOrderOfTheSearch(int status, string? body)
    {
        var dataset = await FilledAsync("""{"reranker":"rank-1","searchMaxRecords":2}""");
        _endpoint.Instead = async (_, response) =>
        {
            response.StatusCode = status;
            await response.WriteAsync(body ?? "", Token);
            return true;
        };

        var found = await _server.SearchAsync(dataset, "water orchids");

        Assert.Equal("Water orchids number 1.", found[0].Text("text"));
        Assert.Equal(2, found.Count);
    }

    [Fact]
    public async Task RerankerThatIsLate_LeavesTheOrderOfTheSearch_AndIsLeftAloneForAWhile()
    {
        var dataset = await FilledAsync("""{"reranker":"rank-1"}""");
        var asked = new TaskCompletionSource();
        _endpoint.Instead = async (request, _) =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.Infinite, request.Aborted).ContinueWith(_ => { }, TaskScheduler.Default);
            return true;
        };

        var search = _server.SearchAsync(dataset, "water orchids");
        await asked.Task.WaitAsync(Token);
        _time.Advance(Rerankers.Patience);

        Assert.Equal("Water orchids number 1.", (await search)[0].Text("text"));
        _endpoint.Instead = null;
        Assert.Equal("Water orchids number 1.", (await _server.SearchAsync(dataset, "water orchids"))[0].Text("text"));
        _time.Advance(FailurePause.Length);
        Assert.Equal("Water.", (await _server.SearchAsync(dataset, "water orchids"))[0].Text("text"));
    }

    [Fact]
    public async Task RecordsThatTheRerankerLeavesOut_FollowInTheirOrder()
    {
        var dataset = await FilledAsync("""{"reranker":"rank-1"}""");
        _endpoint.Instead = async (_, response) =>
        {
            await response.WriteAsync("""{"results":[{"index":4,"relevance_score":0.2},{"index":1,"relevance_score":0.9}]}""", Token);
            return true;
        };

        var found = await _server.SearchAsync(dataset, "water orchids");

        Assert.Equal(["Water orchids number 2.", "Water orchids number 5.", "Water orchids number 1."], found.Select(record => record.Text("text")));
    }

    [Fact]
    public async Task DatasetWithoutAReranker_AsksNone()
    {
        var dataset = await FilledAsync("{}");

        Assert.Equal("Water orchids number 1.", (await _server.SearchAsync(dataset, "water orchids"))[0].Text("text"));
        Assert.Empty(_endpoint.Requests);
    }

    [Theory]
    [InlineData("rank-1", "rank-1", 20)]
    [InlineData(" BAAI/bge-reranker-v2-m3/maxRecords=50 ", "BAAI/bge-reranker-v2-m3", 50)]
    [InlineData("rank-1/maxRecords=many", "rank-1", 20)]
    [InlineData("rank-1/maxRecords=0/maxRecords=7", "rank-1", 7)]
    [InlineData("/maxRecords=7", null, 0)]
    [InlineData("  ", null, 0)]
    public void Reference_IsANameWithSettings(string text, string? model, int records)
    {
        var read = RerankerReference.Read(text);

        Assert.Equal((model, records), (read?.Model, read?.MaxRecords ?? 0));
    }

    /// <summary>Creates a dataset in which a search for two words finds records with both first, and shorter ones with one after them.</summary>
    private async Task<string> FilledAsync(string settings)
    {
        var dataset = await _server.CreateDatasetAsync(settings);
        var both = Enumerable.Range(1, 9).Select(number => ($"r{number}", $"Water orchids number {number}.", (string?)null));
        var one = Enumerable.Range(10, 20).Select(number => ($"r{number}", $"Water everything else in house {number}.", (string?)null));
        await _server.AddRecordsAsync(dataset, [.. both, ("short1", "Water.", null), ("short2", "Water it.", null), .. one]);
        return dataset;
    }
}
