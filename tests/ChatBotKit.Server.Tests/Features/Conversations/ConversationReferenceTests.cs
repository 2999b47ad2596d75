using System.Text.Json;
using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Conversations;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.ModelProviders.Models;
using ChatBotKit.Server.Security;
using ChatBotKit.Server.Tests.Data;
using Microsoft.AspNetCore.Http;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>The references of conversations.</summary>
public sealed class ConversationReferenceTests
{
    /// <summary>The field of a reference, and the kind of its target.</summary>
    public static TheoryData<string, string> References { get; } = new()
    {
        { "botId", "bot" }, { "datasetId", "dataset" }, { "skillsetId", "skillset" }, { "taskId", "task" }, { "spaceId", "space" },
    };

    /// <summary>The same with what is named in its own way.</summary>
    public static TheoryData<string, string> ReferencesAndContact { get; } = [.. References, ("contactId", "contact")];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(References))]
    public async Task Reference_ToAnOwnResource_IsStoredAsItsId(string field, string kind)
    {
        await using var server = await FeatureServer.StartAsync();
        var target = ApiJson.Id(await server.PostAsync($"{kind}/create", """{"name":"The one"}"""));
        string[] addresses = [target, $" {target} ", "(The one)"];
        if (kind != "task")
        {
            await server.PostAsync($"{kind}/{target}/update", """{"alias":"one"}""");
            addresses = [.. addresses, "@one"];
        }

        foreach (var address in addresses)
        {
            var id = await server.CreateConversationAsync($$"""{"{{field}}":"{{address}}","messages":[{"type":"user","text":"Hello"}]}""");
            Assert.Equal(target, (await server.GetAsync($"conversation/{id}/fetch")).Text(field));
            Assert.Single((await server.GetAsync($"conversation/{id}/message/list")).Ids());
            foreach (var nothing in new[] { "null", "\"\"" })
            {
                await server.PostAsync($"conversation/{id}/update", $$"""{"{{field}}":{{nothing}}}""");
                Assert.Null((await server.GetAsync($"conversation/{id}/fetch")).Text(field));
                await server.PostAsync($"conversation/{id}/update", $$"""{"{{field}}":"{{address}}"}""");
                await server.PostAsync($"conversation/{id}/update", """{"name":"Another field"}""");
                Assert.Equal(target, (await server.GetAsync($"conversation/{id}/fetch")).Text(field));
            }
        }
    }

    [Theory]
    [MemberData(nameof(References))]
    public async Task Reference_ToWhatTheCallerMayNotUse_IsRefusedAsIfItWereMissing(string field, string kind)
    {
        await using var server = await FeatureServer.StartAsync();
        var stranger = await server.StrangerAsync();
        var foreign = ApiJson.Id(await stranger.ReadAsync(HttpMethod.Post, $"{kind}/create", """{"name":"Theirs"}"""));
        var ofAnotherKind = ApiJson.Id(await server.PostAsync("blueprint/create", """{"name":"Mine"}"""));
        var id = await server.CreateConversationAsync();

        foreach (var operation in new[] { "conversation/create", $"conversation/{id}/update" })
        {
            foreach (var address in new[] { foreign, ofAnotherKind, "cnothing", "@none", "@@none", "@other@none", "(Theirs)", "(Mine)", "-" })
            {
                var message = await server.Owner.AssertRefusedAsync(
                    "400 BAD_REQUEST", HttpMethod.Post, operation, $$"""{"{{field}}":"{{address}}"}""");
                Assert.Equal($"\"{field}\" names no {kind}", message);
            }
        }

        Assert.Equal([id], (await server.GetAsync("conversation/list")).Ids());
    }

    [Fact]
    public async Task References_ThatAreWrong_AreNamedTogether()
    {
        await using var server = await FeatureServer.StartAsync();
        var message = await server.Owner.AssertRefusedAsync("400 BAD_REQUEST", HttpMethod.Post, "conversation/create", """
            {"botId":"b","datasetId":"d","skillsetId":"s","taskId":"t","spaceId":"p","model":"none"}
            """);

        Assert.All(
            ["\"botId\"", "\"datasetId\"", "\"skillsetId\"", "\"taskId\"", "\"spaceId\"", "\"model\""],
            field => Assert.Contains(field, message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("bot")]
    [InlineData("dataset")]
    [InlineData("skillset")]
    public async Task Resource_OfARelatedAccount_IsUsedWhenItIsProtected(string kind)
    {
        await using var server = await FeatureServer.StartAsync();
        var child = await server.Server.AddChildAccountAsync();
        using var client = server.Server.Client(await server.Server.CreateApiTokenAsync(child.Id));
        var shared = ApiJson.Id(await server.PostAsync($"{kind}/create", """{"alias":"shared","visibility":"protected"}"""));
        await server.PostAsync($"{kind}/create", """{"alias":"private"}""");

        foreach (var address in new[] { shared, "@@shared" })
        {
            var id = ApiJson.Id(await client.ReadAsync(HttpMethod.Post, "conversation/create", $$"""{"{{kind}}Id":"{{address}}"}"""));
            Assert.Equal(shared, (await client.ReadAsync(HttpMethod.Get, $"conversation/{id}/fetch")).Text($"{kind}Id"));
        }

        await client.AssertRefusedAsync("400 BAD_REQUEST", HttpMethod.Post, "conversation/create", $$"""{"{{kind}}Id":"@@private"}""");
    }

    [Theory]
    [MemberData(nameof(References))]
    public async Task Deletion_OfWhatConversationsReferTo_ClearsTheReference(string field, string kind)
    {
        await using var server = await FeatureServer.StartAsync();
        var target = ApiJson.Id(await server.PostAsync($"{kind}/create", "{}"));
        var other = ApiJson.Id(await server.PostAsync($"{kind}/create", "{}"));
        var first = await server.CreateConversationAsync($$"""{"{{field}}":"{{target}}"}""");
        var second = await server.CreateConversationAsync($$"""{"{{field}}":"{{target}}"}""");
        var third = await server.CreateConversationAsync($$"""{"{{field}}":"{{other}}"}""");

        await server.PostAsync($"{kind}/{target}/delete", "{}");

        foreach (var (id, left) in new[] { (first, null), (second, null), (third, other) })
            Assert.Equal(left, (await server.GetAsync($"conversation/{id}/fetch")).Text(field));
    }

    /// <summary>A deletion clears stored references, so a reference to the deleted resource must not be stored afterwards.</summary>
    [Theory]
    [MemberData(nameof(ReferencesAndContact))]
    public async Task Reference_WhoseTargetGoesMeanwhile_IsNotStored(string field, string kind)
    {
        await using var server = await FeatureServer.StartAsync();
        var existing = await server.CreateConversationAsync();
        var caller = new Caller { AccountId = await server.Server.OwnerAccountIdAsync(), ScopeId = "test" };
        var call = new IdempotentCall(new DefaultHttpContext(), key: null, TimeProvider.System);
        var store = new RacingStore(server.Server.Store);

        foreach (var isNew in new[] { true, false })
        {
            var target = ApiJson.Id(await server.PostAsync($"{kind}/create", "{}"));
            store.Before = () => server.PostAsync($"{kind}/{target}/delete", "{}");
            var body = $$"""{"{{field}}":"{{target}}"}""";
            var refusal = await Assert.ThrowsAsync<ApiException>(() => isNew
                ? new ConversationCreation(
                        store, server.Service<ModelRegistry>(), server.Service<Moderator>(), server.Service<ConversationReferences>(), TimeProvider.System)
                    .CreateAsync(Parse<ConversationCreateRequest>(body), caller, call, Token)
                : ChangesOver(store, server).UpdateAsync(existing, Parse<ConversationUpdateRequest>(body), caller, call, Token));
            Assert.Equal(ErrorCode.BadRequest, refusal.Code);
        }

        Assert.Equal([existing], (await server.GetAsync("conversation/list")).Ids());
        Assert.Null((await server.GetAsync($"conversation/{existing}/fetch")).Text(field));
    }

    private static ConversationChanges ChangesOver(IStore store, FeatureServer server) =>
        (ConversationChanges)Activator.CreateInstance(
            typeof(ConversationChanges),
            [.. typeof(ConversationChanges).GetConstructors().Single().GetParameters().Select(parameter =>
                parameter.ParameterType == typeof(IStore) ? store : server.Server.App.Services.GetService(parameter.ParameterType))])!;

    private static T Parse<T>(string json) =>
        (T)JsonSerializer.Deserialize(json, ChatBotKitJson.ServerOptions.GetTypeInfo(typeof(T)))!;

    /// <summary>Runs an action between the last check of a request and its write.</summary>
    private sealed class RacingStore(IStore store) : PartialStore
    {
        public Func<Task>? Before { get; set; }

        public override async Task CommitAsync(WriteSet writes)
        {
            await Before!();
            await store.CommitAsync(writes);
        }

        public override async Task<T> ChangeAsync<T>(Func<ISqlTransaction, ValueTask<T>> change, CancellationToken cancellationToken)
        {
            await Before!();
            return await store.ChangeAsync(change, cancellationToken);
        }
    }
}
