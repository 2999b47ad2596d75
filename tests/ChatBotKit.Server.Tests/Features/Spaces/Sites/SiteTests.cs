namespace ChatBotKit.Server.Tests.Features;

public sealed class SiteTests
{
    [Theory]
    [InlineData("""{"domain":" Docs.Example.com "}""", "docs.example.com", "docs")]
    [InlineData("""{"slug":"docs"}""", "docs", "docs")]
    public async Task New_UnderEitherName_AnswersWithBoth(string body, string domain, string slug)
    {
        await using var server = await FeatureServer.StartAsync();
        var space = await SpaceAsync(server.Owner);
        var id = ApiJson.Id(await server.PostAsync($"space/{space}/site/create", body));
        var site = await server.GetAsync($"space/{space}/site/{id}/fetch");
        Assert.Equal((domain, slug, space), (site.Text("domain"), site.Text("slug"), site.Text("spaceId")));
        Assert.Equal(("index.html", "404.html", null), (site.Text("index"), site.Text("notFound"), site.Text("prefix")));
    }

    [Theory]
    [InlineData("""{}""", "\"domain\"")]
    [InlineData("""{"domain":""}""", "\"domain\"")]
    [InlineData("""{"slug":"-docs"}""", "\"domain\"")]
    [InlineData("""{"slug":"do cs"}""", "\"domain\"")]
    [InlineData("""{"domain":"docs..example"}""", "\"domain\"")]
    [InlineData("""{"domain":"docs.example/path"}""", "\"domain\"")]
    [InlineData("""{"slug":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}""", "\"domain\"")]
    [InlineData("""{"slug":"www"}""", "reserved")]
    [InlineData("""{"domain":"api.example.com"}""", "reserved")]
    [InlineData("""{"slug":"docs","index":""}""", "\"index\"")]
    [InlineData("""{"slug":"docs","notFound":""}""", "\"notFound\"")]
    public async Task New_WithABadField_IsRefused(string body, string named)
    {
        await using var server = await FeatureServer.StartAsync();
        var space = await SpaceAsync(server.Owner);
        await server.Owner.AssertRefusedAsync(
            $"400 BAD_REQUEST: *{named}*", HttpMethod.Post, $"space/{space}/site/create", body);
    }

    [Fact]
    public async Task Address_OfASite_IsTakenInTheWholeDeployment()
    {
        await using var server = await FeatureServer.StartAsync();
        var space = await SpaceAsync(server.Owner);
        var stranger = await server.StrangerAsync();
        var strange = await SpaceAsync(stranger);
        var first = ApiJson.Id(await server.PostAsync($"space/{space}/site/create", """{"slug":"docs","alias":"d"}"""));
        foreach (var body in new[] { """{"slug":"docs"}""", """{"domain":"DOCS.example.com","alias":"e"}""" })
        {
            await stranger.AssertRefusedAsync(
                "409 CONFLICT: *address*", HttpMethod.Post, $"space/{strange}/site/create", body);
        }

        var second = ApiJson.Id(await stranger.ReadAsync(HttpMethod.Post, $"space/{strange}/site/create", """{"slug":"help"}"""));
        await stranger.AssertRefusedAsync("409 CONFLICT", HttpMethod.Post, $"space/{strange}/site/{second}/update", """{"domain":"docs"}""");
        await stranger.ReadAsync(HttpMethod.Post, $"space/{strange}/site/{second}/update", """{"slug":"help"}""");

        await server.PostAsync($"space/{space}/site/{first}/update", """{"slug":"manual"}""");
        await stranger.ReadAsync(HttpMethod.Post, $"space/{strange}/site/{second}/update", """{"slug":"docs"}""");
        Assert.Equal("docs", (await stranger.ReadAsync(HttpMethod.Get, $"space/{strange}/site/{second}/fetch")).Text("domain"));
    }

    [Fact]
    public async Task Address_OfManyAtOnce_IsGivenToOne()
    {
        await using var server = await FeatureServer.StartAsync();
        var space = await SpaceAsync(server.Owner);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ =>
            server.Owner.CodeAsync(HttpMethod.Post, $"space/{space}/site/create", """{"slug":"docs"}""")));
        Assert.Equal(["200", .. Enumerable.Repeat("409 CONFLICT", 7)], answers.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Site_OfASpaceThatGoes_GoesWithItAndFreesItsAddress()
    {
        await using var server = await FeatureServer.StartAsync();
        var space = await SpaceAsync(server.Owner);
        var site = ApiJson.Id(await server.PostAsync($"space/{space}/site/create", """{"slug":"docs"}"""));
        var other = await SpaceAsync(server.Owner);
        await server.Owner.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Get, $"space/{other}/site/{site}/fetch");

        await server.PostAsync($"space/{space}/delete", "{}");
        await server.PostAsync($"space/{other}/site/create", """{"slug":"docs"}""");
        Assert.Single((await server.GetAsync($"space/{other}/site/list")).Ids());
    }

    private static async Task<string> SpaceAsync(HttpClient client) =>
        ApiJson.Id(await client.ReadAsync(HttpMethod.Post, "space/create", "{}"));
}
