using ChatBotKit.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ChatBotKit.Extensions.Tests;

public sealed class RegistrationTests
{
    private const string Secret = "sk-secret-of-the-registration-tests";
    private const string Conversation = """{"id":"c1","createdAt":1,"updatedAt":1}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Clients_AreSingletons_ThatBelongTogether()
    {
        using var services = new ServiceCollection().Also(all => all.AddChatBotKit(options => options.Secret = Secret)).BuildServiceProvider();

        var api = services.GetRequiredService<ChatBotKitApi>();

        Assert.Same(api, services.GetRequiredService<ChatBotKitApi>());
        Assert.Same(api.Conversation, services.GetRequiredService<ConversationClient>());
        Assert.Same(api.Conversation.Message, services.GetRequiredService<MessageClient>());
        Assert.Same(api.Conversation.Session, services.GetRequiredService<SessionClient>());
    }

    [Fact]
    public void Configuration_BecomesOptions()
    {
        var section = Settings(("Secret", Secret), ("BaseUrl", "https://chat.example"), ("Timeout", "00:00:07"), ("Retries", "1"),
            ("RetryUnsafePosts", "true"), ("Timezone", "Europe/Sofia"), ("Headers:X-Team", "shop"));
        using var services = new ServiceCollection().Also(all => all.AddChatBotKit(section)).BuildServiceProvider();

        var options = services.GetRequiredService<IOptions<ChatBotKitOptions>>().Value;

        Assert.Equal(new Uri("https://chat.example"), services.GetRequiredService<ChatBotKitApi>().Url);
        Assert.Equal((TimeSpan.FromSeconds(7), 1, true, "Europe/Sofia"), (options.Timeout, options.Retries, options.RetryUnsafePosts, options.Timezone));
        Assert.Equal("shop", options.Headers["X-Team"]);
    }

    [Theory]
    [InlineData("Secret", "", "Secret, the API token, is missing")]
    [InlineData("Secret", "sk-of a file\n", "Secret contains a space")]
    [InlineData("BaseUrl", "ftp://chat.example", "BaseUrl")]
    [InlineData("BaseUrl", "chat.example", "BaseUrl")]
    [InlineData("Timeout", "00:00:00", "Timeout")]
    [InlineData("StreamIdleTimeout", "-00:00:05", "StreamIdleTimeout")]
    [InlineData("Retries", "-1", "Retries")]
    [InlineData("RetryDelay", "-00:00:05", "RetryDelay")]
    public async Task Setting_ThatCannotWork_StopsTheStart_AndTheSecretIsNotTold(string name, string value, string expected)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddChatBotKit("shop", Settings(("Secret", Secret), (name, value)));
        using var host = builder.Build();

        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Token));

        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.Contains("\"shop\"", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("sk-", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NamedClients_HaveTheirOwnSettings()
    {
        var (shop, forum) = (new ScriptedHandler().Answer(Conversation), new ScriptedHandler().Answer(Conversation));
        await using var services = new ServiceCollection()
            .Also(all => all.AddChatBotKit("shop", options => options.Secret = "sk-shop").ConfigurePrimaryHttpMessageHandler(() => shop))
            .Also(all => all.AddChatBotKit("forum", options => options.Secret = "sk-forum").ConfigurePrimaryHttpMessageHandler(() => forum))
            .BuildServiceProvider();

        await services.GetRequiredKeyedService<ChatBotKitApi>("shop").Conversation.FetchAsync("c1", Token);
        await services.GetRequiredKeyedService<ConversationClient>("forum").FetchAsync("c1", Token);

        Assert.Equal("Bearer sk-shop", Assert.Single(shop.Requests).Headers["Authorization"]);
        Assert.Equal("Bearer sk-forum", Assert.Single(forum.Requests).Headers["Authorization"]);
        Assert.Null(services.GetService<ChatBotKitApi>());
    }

    [Fact]
    public async Task SecretProvider_IsAsked_ForEveryRequest()
    {
        var handler = new ScriptedHandler().Answer(Conversation).Answer(Conversation);
        var given = 0;
        await using var services = new ServiceCollection()
            .Also(all => all.AddChatBotKit(options => options.SecretProvider = (_, _) => ValueTask.FromResult($"sk-{++given}"))
                .ConfigurePrimaryHttpMessageHandler(() => handler))
            .BuildServiceProvider();
        var client = services.GetRequiredService<ConversationClient>();

        await client.FetchAsync("c1", Token);
        await client.FetchAsync("c1", Token);

        Assert.Equal("Bearer sk-1", handler.Requests[0].Headers["Authorization"]);
        Assert.Equal("Bearer sk-2", handler.Requests[1].Headers["Authorization"]);
    }

    [Fact]
    public async Task ChangedConfiguration_Counts_FromTheNextRequest()
    {
        var handler = new ScriptedHandler().Answer(Conversation).Answer(Conversation);
        var settings = Settings(("Secret", "sk-old"));
        await using var services = new ServiceCollection()
            .Also(all => all.AddChatBotKit(settings).ConfigurePrimaryHttpMessageHandler(() => handler))
            .BuildServiceProvider();
        var client = services.GetRequiredService<ConversationClient>();

        await client.FetchAsync("c1", Token);
        settings["Secret"] = "sk-new";
        settings.Reload();
        await client.FetchAsync("c1", Token);

        Assert.Equal("Bearer sk-old", handler.Requests[0].Headers["Authorization"]);
        Assert.Equal("Bearer sk-new", handler.Requests[1].Headers["Authorization"]);
    }

    [Fact]
    public async Task Request_ToSomebodyElse_CarriesNoCredential()
    {
        var handler = new ScriptedHandler().Answer(Conversation);
        await using var services = new ServiceCollection()
            .Also(all => all.AddChatBotKit(options => options.SecretProvider = (_, _) => ValueTask.FromResult(Secret))
                .ConfigurePrimaryHttpMessageHandler(() => handler))
            .BuildServiceProvider();

        await services.GetRequiredService<ChatBotKitApi>().ClientFetch<ConversationItem, ConversationItem>(
            "https://files.example/c1", new ClientFetchOptions { External = true, CancellationToken = Token });

        Assert.DoesNotContain("Authorization", Assert.Single(handler.Requests).Headers.Keys);
    }

    [Fact]
    public async Task Logs_AtTheirMostTalkative_DoNotShowTheSecret()
    {
        var handler = new ScriptedHandler().Answer(Conversation);
        using var log = new RecordingLog();
        await using var services = new ServiceCollection()
            .AddLogging(logging => logging.AddProvider(log).SetMinimumLevel(LogLevel.Trace))
            .Also(all => all.AddChatBotKit(options => options.Secret = Secret).ConfigurePrimaryHttpMessageHandler(() => handler))
            .BuildServiceProvider();

        await services.GetRequiredService<ConversationClient>().FetchAsync("c1", Token);

        Assert.Contains(log.Lines, line => line.Contains("Authorization", StringComparison.Ordinal));
        Assert.DoesNotContain(log.Lines, line => line.Contains(Secret, StringComparison.Ordinal));
    }

    [Fact]
    public void AddedTwice_LastSettingsCount_AndThereIsOneClient()
    {
        using var services = new ServiceCollection()
            .Also(all => all.AddChatBotKit(options => options.Secret = Secret))
            .Also(all => all.AddChatBotKit(options => options.BaseUrl = new Uri("https://second.example")))
            .BuildServiceProvider();

        Assert.Equal(new Uri("https://second.example"), Assert.Single(services.GetServices<ChatBotKitApi>()).Url);
    }

    private static IConfigurationRoot Settings(params (string Name, string Value)[] values) => new ConfigurationBuilder()
        .AddInMemoryCollection(values.GroupBy(value => value.Name, (name, all) => KeyValuePair.Create(name, (string?)all.Last().Value))).Build();
}
