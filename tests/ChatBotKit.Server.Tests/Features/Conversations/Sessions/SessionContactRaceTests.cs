using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Contacts;
using ChatBotKit.Server.Features.Conversations;
using ChatBotKit.Server.Features.Conversations.Sessions;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;
using ChatBotKit.Server.Tests.Data;
using Microsoft.AspNetCore.Http;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>
/// Tests the creation of a session whose contact is deleted after the last check of the contact and before the session is written.
/// </summary>
public sealed class SessionContactRaceTests
{
    [Fact]
    public async Task Session_ForAContactThatGoesMeanwhile_IsRefused()
    {
        await using var server = await FeatureServer.StartAsync();
        var contact = await server.Server.AddContactAsync("Ada");
        var id = await server.CreateConversationAsync();

        var refusal = await Assert.ThrowsAsync<ApiException>(() => CreateAsync(server, id, contact, new SessionCreateRequest { ContactId = contact }));

        Assert.Equal((ErrorCode.BadRequest, ContactStore.Unknown), (refusal.Code, refusal.Message));
        Assert.Empty((await server.GetAsync($"conversation/{id}/session/list")).Ids());
    }

    [Fact]
    public async Task Session_OfAConversationWhoseContactGoesMeanwhile_ActsAsNobody()
    {
        await using var server = await FeatureServer.StartAsync();
        var contact = await server.Server.AddContactAsync("Ada");
        var id = await server.CreateConversationAsync($$"""{"contactId":"{{contact}}"}""");

        var session = await CreateAsync(server, id, contact, new SessionCreateRequest());

        var item = Assert.Single((await server.GetAsync($"conversation/{id}/session/list")).GetProperty("items").EnumerateArray());
        Assert.Equal((session.SessionId, "active", null), (item.Text("id"), item.Text("status"), item.Text("contactId")));
        Assert.True((await server.GetAsync("session/audit/verify")).GetProperty("valid").GetBoolean());
    }

    private static async Task<SessionCreateResponse> CreateAsync(FeatureServer server, string conversationId, string contact, SessionCreateRequest request)
    {
        var store = new RacingStore(server.Server.Store, () => server.PostAsync($"contact/{contact}/delete", "{}"));
        var sessions = new SessionCreation(
            server.Service<ConversationAccess>(), server.Service<ContactStore>(), new SessionMinter(store, server.Service<SessionTokens>()),
            server.Service<SessionAudit>(), server.Service<SecurityOptions>(), server.Service<IUsageGate>(), TimeProvider.System);
        var context = new DefaultHttpContext();
        context.Features.Set(new Caller { AccountId = await server.Server.OwnerAccountIdAsync(), ScopeId = "test" });
        return await sessions.CreateAsync(conversationId, request, context, new IdempotentCall(context, key: null, TimeProvider.System));
    }

    /// <summary>A store that runs a callback before the first write.</summary>
    private sealed class RacingStore(IStore store, Func<Task> before) : PartialStore
    {
        private bool _hasRaced;

        public override async Task CommitAsync(WriteSet writes)
        {
            await RaceAsync();
            await store.CommitAsync(writes);
        }

        public override async Task<T> ChangeAsync<T>(Func<ISqlTransaction, ValueTask<T>> change, CancellationToken cancellationToken)
        {
            await RaceAsync();
            return await store.ChangeAsync(change, cancellationToken);
        }

        private async Task RaceAsync()
        {
            if (_hasRaced)
                return;
            _hasRaced = true;
            await before();
        }
    }
}
