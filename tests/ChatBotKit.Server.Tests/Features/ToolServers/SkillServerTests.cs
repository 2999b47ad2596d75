
namespace ChatBotKit.Server.Tests.Features;

/// <summary>The endpoints of a skill server.</summary>
public sealed class SkillServerTests
{
    [Fact]
    public async Task Manual_DescribesTheEnabledAbilities_WithoutTheToken()
    {
        await using var server = await FeatureServer.StartAsync();
        var (path, token) = await CreateAsync(server);
        using var program = server.Server.Client(token);

        using var answer = await program.SendAsync(HttpMethod.Get, path);
        var manual = await answer.ReadTextAsync();

        Assert.Equal("text/markdown; charset=utf-8", answer.Header("Content-Type"));
        Assert.StartsWith("# Shop\n", manual, StringComparison.Ordinal);
        Assert.Contains("### say_hello\n\nGreets somebody.", manual, StringComparison.Ordinal);
        Assert.Contains(path, manual, StringComparison.Ordinal);
        Assert.DoesNotContain("off", manual, StringComparison.Ordinal);
        Assert.DoesNotContain(token, manual, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invocation_AnswersTextOrJson()
    {
        await using var server = await FeatureServer.StartAsync();
        var (path, token) = await CreateAsync(server);
        using var program = server.Server.Client(token);
        const string Call = """{"ability":"say_hello","input":{"name":"Ada"}}""";

        using var text = await program.SendAsync(HttpMethod.Post, path, Call);
        Assert.Equal("Hello Ada", await text.ReadTextAsync());
        using var json = await program.SendAsync(HttpMethod.Post, path, Call, accept: "application/json");
        Assert.Equal("Hello Ada", (await json.ReadAsync()).Text("result"));
        // The name of the ability does as well as that of its function.
        Assert.Equal("Hello Bo", (await program.ReadAsync(HttpMethod.Post, $"{path}?format=json", """{"ability":"Say hello!","input":{"name":"Bo"}}""")).Text("result"));
    }

    [Theory]
    [InlineData("""{"ability":"say_hello"}""", "name")]
    [InlineData("""{"ability":"off"}""", "There is no ability \"off\"")]
    [InlineData("""{"ability":"broken"}""", "does not execute the action")]
    public async Task FailureOfAnAbility_Is200WithTheReason(string call, string reason)
    {
        await using var server = await FeatureServer.StartAsync();
        var (path, token) = await CreateAsync(server);
        using var program = server.Server.Client(token);

        using var text = await program.SendAsync(HttpMethod.Post, path, call);

        Assert.StartsWith("Error: ", await text.ReadTextAsync(), StringComparison.Ordinal);
        Assert.Contains(reason, (await program.ReadAsync(HttpMethod.Post, $"{path}?format=json", call)).Text("error"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Caller_WithoutTheAccessToken_IsRefused()
    {
        await using var server = await FeatureServer.StartAsync();
        var (path, token) = await CreateAsync(server);
        using var anybody = server.Server.Client(null);
        using var owner = server.Server.Client();

        foreach (var verb in new[] { HttpMethod.Get, HttpMethod.Post })
        {
            await anybody.AssertRefusedAsync("401 NOT_AUTHENTICATED", verb, path);
            await owner.AssertRefusedAsync("401 NOT_AUTHENTICATED", verb, path);
            await anybody.AssertRefusedAsync("404 NOT_FOUND", verb, "integration/skillserver/unknown/invoke");
        }

        using var opened = await anybody.SendAsync(HttpMethod.Get, $"{path}?authorization=Bearer%20{token}");
        await opened.AssertOkAsync();
        await anybody.AssertRefusedAsync("400 BAD_REQUEST: *ability*", HttpMethod.Post, $"{path}?authorization={token}", "{}");
    }

    private static async Task<(string Path, string Token)> CreateAsync(FeatureServer server)
    {
        var skillset = await server.Owner.CreateSkillsetAsync();
        await server.Owner.CreateAbilityAsync(skillset, "```echo\nHello $[name! |who]\n```", "Say hello!", new { description = "Greets somebody." });
        await server.Owner.CreateAbilityAsync(skillset, "```echo\nno\n```", "off", new { state = "disabled" });
        await server.Owner.CreateAbilityAsync(skillset, "```nonsense\n```", "broken");
        var id = ApiJson.Id(await server.Owner.ReadAsync(HttpMethod.Post, "integration/skillserver/create", new { name = "Shop", skillsetId = skillset }));
        var token = (await server.GetAsync($"integration/skillserver/{id}/fetch")).Text("accessToken")!;
        return ($"integration/skillserver/{id}/invoke", token);
    }
}
