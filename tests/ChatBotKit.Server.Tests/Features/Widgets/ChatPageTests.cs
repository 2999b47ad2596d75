using System.Net;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>The page of a widget.</summary>
public sealed class ChatPageTests
{
    [Fact]
    public async Task Page_ThatIsOff_Unknown_Deleted_OrWithoutABot_IsTheSame404()
    {
        await using var server = await FeatureServer.StartAsync();
        var off = await CreateAsync(server, """{"title":"Flowers"}""");
        var deleted = await CreateAsync(server, """{"meta":{"chatPage":true}}""");
        await server.PostAsync($"integration/widget/{deleted}/delete", "{}");
        var withoutBot = ApiJson.Id(await server.PostAsync("integration/widget/create", """{"meta":{"chatPage":true}}"""));

        var pages = new List<string>();
        foreach (var id in (string[])[off, deleted, withoutBot, "cunknown", "@flowers"])
            pages.Add(await OpenAsync(server, id, HttpStatusCode.NotFound));

        Assert.Single(pages.Distinct());
        Assert.Contains("noindex", pages[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_ShowsTheWidget_WithItsSettings()
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await CreateAsync(server, """
            {"title":"Flowers","intro":"Ask us.","placeholder":"Your question","language":"de","theme":"dark","attachments":true,
            "exportConversation":false,"meta":{"chatPage":true}}
            """);

        var page = await OpenAsync(server, id, HttpStatusCode.OK);

        Assert.Contains("""<html lang="de">""", page, StringComparison.Ordinal);
        Assert.Contains("<title>Flowers</title>", page, StringComparison.Ordinal);
        Assert.Contains("""<meta name="robots" content="noindex">""", page, StringComparison.Ordinal);
        Assert.Contains(
            $"""widget="{id}" heading="Flowers" intro="Ask us." placeholder="Your question" theme="dark" attachments restart>""",
            page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_ThatIsIndexed_SaysNothingToRobots()
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await CreateAsync(server, """{"meta":{"chatPage":true,"chatPageIndexed":true}}""");

        Assert.DoesNotContain("robots", await OpenAsync(server, id, HttpStatusCode.OK), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_WithHostileTexts_ShowsThemAsTexts()
    {
        await using var server = await FeatureServer.StartAsync();
        const string Hostile = "\\\"><script>alert(1)</script>";
        var id = await CreateAsync(server, $$"""
            {"title":"{{Hostile}}","intro":"{{Hostile}}","placeholder":"{{Hostile}}","language":"{{Hostile}}","theme":"{{Hostile}}",
            "description":"{{Hostile}}","meta":{"chatPage":true} }
            """);

        var page = await OpenAsync(server, id, HttpStatusCode.OK);

        Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(1)", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_FromThisServer_MayUseAWidgetThatIsBoundToAnotherOrigin()
    {
        await using var server = await FeatureServer.StartAsync();
        var on = await CreateAsync(server, """{"origin":"https://shop.example","meta":{"chatPage":true}}""");
        var off = await CreateAsync(server, """{"origin":"https://shop.example"}""");
        using var visitor = server.Server.Client(credential: null);
        var origin = visitor.BaseAddress!.GetLeftPart(UriPartial.Authority);

        using var allowed = await visitor.SendAsync(HttpMethod.Post, $"integration/widget/{on}/session/create", "{}", headers: [("Origin", origin)]);
        using var refused = await visitor.SendAsync(HttpMethod.Post, $"integration/widget/{off}/session/create", "{}", headers: [("Origin", origin)]);

        Assert.Equal(HttpStatusCode.OK, allowed.StatusCode);
        await refused.AssertRefusedAsync("403 ORIGIN_NOT_ALLOWED");
    }

    private static async Task<string> CreateAsync(FeatureServer server, string body)
    {
        var bot = ApiJson.Id(await server.PostAsync("bot/create", """{"model":"extractive"}"""));
        var id = ApiJson.Id(await server.PostAsync("integration/widget/create", body));
        await server.PostAsync($"integration/widget/{id}/update", $$"""{"botId":"{{bot}}"}""");
        return id;
    }

    private static async Task<string> OpenAsync(FeatureServer server, string id, HttpStatusCode expected)
    {
        using var visitor = server.Server.Client(credential: null);
        using var answer = await visitor.SendAsync(HttpMethod.Get, $"/chat/{id}");
        Assert.Equal(expected, answer.StatusCode);
        Assert.Contains("require-trusted-types-for 'script'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
