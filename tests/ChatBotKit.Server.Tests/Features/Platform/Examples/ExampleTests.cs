using System.Text.Json;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>The examples, and their clones.</summary>
public sealed class ExampleTests : IAsyncLifetime
{
    private ServerFactory _server = null!;
    private HttpClient _owner = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await ServerFactory.StartAsync();
        _owner = _server.Client();
    }

    public async ValueTask DisposeAsync()
    {
        _owner.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task EveryExample_CanBeCloned()
    {
        foreach (var example in (await _owner.ReadAsync(HttpMethod.Get, "platform/example/list")).Items())
        {
            var fetched = await _owner.ReadAsync(HttpMethod.Get, $"platform/example/{example.Id()}/fetch");
            var wanted = fetched.GetProperty("config").GetProperty("resources").EnumerateObject().Select(one => $"{one.Name} {one.Value.GetArrayLength()}");

            var clone = await _owner.ReadAsync(HttpMethod.Post, $"platform/example/{example.Id()}/clone", "{}");

            Assert.Equal(wanted, clone.GetProperty("resources").EnumerateObject().Select(one => $"{one.Name} {one.Value.GetArrayLength()}"));
        }
    }

    [Fact]
    public async Task Clone_RefersToItsOwnResources()
    {
        var clone = (await _owner.ReadAsync(HttpMethod.Post, "platform/example/web-reader/clone", "{}")).GetProperty("resources");

        var skillset = IdOf(clone, "skillset");
        var bot = await _owner.ReadAsync(HttpMethod.Get, $"bot/{IdOf(clone, "bot")}/fetch");
        Assert.Equal(skillset, bot.Text("skillsetId"));
        Assert.Equal([IdOf(clone, "ability")], (await _owner.ReadAsync(HttpMethod.Get, $"skillset/{skillset}/ability/list")).Ids());
    }

    [Fact]
    public async Task Clone_WithTheSameKey_IsMadeOnce()
    {
        var first = await _owner.ReadAsync(HttpMethod.Post, "platform/example/faq-assistant/clone", "{}", key: "one");
        var second = await _owner.ReadAsync(HttpMethod.Post, "platform/example/faq-assistant/clone", "{}", key: "one");

        Assert.Equal(first.GetRawText(), second.GetRawText());
        Assert.Single((await _owner.ReadAsync(HttpMethod.Get, "bot/list")).Items());
    }

    private static string IdOf(JsonElement resources, string category) => resources.GetProperty(category)[0].Id();
}
