using ChatBotKit.Server.Features.Skillsets.Abilities.Actions.Searching;
using ChatBotKit.Server.Tests.ConversationEngine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>Searches in the web, with servers that answer as SearXNG and Brave do.</summary>
public sealed class WebSearchTests
{
    private const string SearxAnswer = """
        {"query":"q","number_of_results":0,"results":[
            {"url":"https://a.example/","title":"A","content":"First.","publishedDate":null,"thumbnail":null,"engine":"duckduckgo","template":"default.html",
             "parsed_url":["https","a.example","/","","",""],"img_src":"","priority":"","engines":["duckduckgo"],"positions":[1],"score":1.0,"category":"general"},
            {"url":"https://b.example/","title":"B","content":"","img_src":"https://b.example/b.png","engine":"bing images","category":"images"}],
         "answers":[],"corrections":[],"infoboxes":[],"suggestions":["q r"],"unresponsive_engines":[["brave","timeout"]]}
        """;

    private const string BraveWeb = """
        {"query":{"original":"q","more_results_available":true},"mixed":{"type":"mixed","main":[{"type":"web","index":0,"all":false}]},"type":"search",
         "web":{"type":"search","results":[{"title":"A","url":"https://a.example/","is_source_local":false,"description":"First.",
           "profile":{"name":"A"},"language":"en","family_friendly":true,"type":"search_result","subtype":"generic","meta_url":{"hostname":"a.example"}}],"family_friendly":true}}
        """;

    private const string BraveImages = """
        {"type":"images","query":{"original":"q"},"results":[{"type":"image_result","title":"B","url":"https://b.example/","source":"b.example",
          "thumbnail":{"src":"https://imgs.example/t"},"properties":{"url":"https://b.example/b.png","width":10,"height":10}}],"extra":{"might_be_offensive":false}}
        """;

    private const string A = """{"title":"A","url":"https://a.example/","text":"First."}""";
    private const string B = """{"title":"B","url":"https://b.example/","text":null,"image":"https://b.example/b.png"}""";

    [Theory]
    [InlineData("@search/web", "general", "[" + A + """,{"title":"B","url":"https://b.example/","text":""}]""")]
    [InlineData("@search/images", "images", """[{"title":"A","url":"https://a.example/","text":"First."},{"title":"B","url":"https://b.example/","text":"","image":"https://b.example/b.png"}]""")]
    public async Task SearXng_IsAskedForItsCategory(string instruction, string category, string result)
    {
        var asked = "";
        await using var engine = await LocalWebServer.StartAsync(app => app.MapGet("/searx/search", (HttpRequest request) =>
        {
            asked = request.QueryString.Value!;
            return Results.Text(SearxAnswer, "application/json");
        }));
        await using var server = await FeatureServer.StartAsync(settings: new Dictionary<string, string?> { ["CHATBOTKIT_SEARCH_URL"] = $"{engine.Url}/searx" });

        Assert.Equal(result, (await server.Owner.ExecuteAsync(instruction, new { query = "a & b" })).Result());
        Assert.Equal($"?q=a%20%26%20b&format=json&categories={category}", asked);
    }

    [Theory]
    [InlineData("@search/web", "web", BraveWeb, "[" + A + "]")]
    [InlineData("@search/images", "images", BraveImages, "[" + B + "]")]
    public async Task Brave_IsAskedWithTheKey(string instruction, string kind, string answer, string result)
    {
        var asked = "";
        await using var engine = await LocalWebServer.StartAsync(app => app.MapGet("/res/v1/{kind}/search", (string kind, HttpRequest request) =>
        {
            asked = $"{kind}{request.QueryString.Value} {request.Headers["X-Subscription-Token"]}";
            return Results.Text(answer, "application/json");
        }));
        await using var server = await EngineServer.StartAsync(services: services => services.Replace(ServiceDescriptor.Singleton(
            new SearchOptions { Key = "key", BraveUrl = new Uri($"{engine.Url}/res/v1/") })));

        Assert.Equal(result, (await server.Http.ExecuteAsync(instruction, new { query = "a & b" })).Result());
        Assert.Equal($"{kind}?q=a%20%26%20b&count=10 key", asked);
    }

    /// <summary>A SearXNG server whose settings lack the JSON format answers 403 with HTML, and Brave answers 429 above the rate of the plan.</summary>
    [Theory]
    [InlineData(403, "<!doctype html><title>403</title>", "The search engine answered with status 403.")]
    [InlineData(429, """{"type":"ErrorResponse","error":{"code":"RATE_LIMITED"}}""", "The search engine answered with status 429.")]
    [InlineData(200, "<!doctype html>", "The search engine can't be used now.")]
    [InlineData(200, """{"type":"search","query":{}}""", "The answer of the search engine has no results.")]
    [InlineData(200, "[]", "The answer of the search engine has no results.")]
    public async Task Engine_ThatGivesNoResults_IsAnError(int status, string answer, string error)
    {
        await using var engine = await LocalWebServer.StartAsync(app => app.MapGet("/search", () => Results.Text(answer, "application/json", statusCode: status)));
        await using var server = await FeatureServer.StartAsync(settings: new Dictionary<string, string?> { ["CHATBOTKIT_SEARCH_URL"] = engine.Url });

        Assert.Equal(error, (await server.Owner.ExecuteAsync("@search/web", new { query = "a" })).Error());
    }
}
