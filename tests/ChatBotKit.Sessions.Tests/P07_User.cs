using System.Net;

namespace ChatBotKit.Sessions.Tests;

/// <summary>Property 7: a session can be bound to a contact, and acts for no other.</summary>
public sealed class P07_User(Deployment deployment) : SessionChecks(deployment)
{
    [Fact]
    public async Task ContactOfTheConversation_IsTheHolder()
    {
        var (conversation, contact) = await ConversationWithContactAsync();
        var session = await MintAsync(conversationId: conversation);

        var item = await Owner.Conversation.Session.FetchAsync(session.Id, session.SessionId!, Token);

        Assert.Equal(contact, item.ContactId);
        Assert.Equal(contact, (string?)Part(session.Token, 1)["contactId"]);
    }

    [Fact]
    public async Task ContactNamedAtMinting_IsTheHolder()
    {
        var (_, contact) = await ConversationWithContactAsync();
        var session = await MintAsync(new SessionCreateRequest { ContactId = contact });

        Assert.Equal(contact, (await Owner.Conversation.Session.FetchAsync(session.Id, session.SessionId!, Token)).ContactId);
    }

    [Fact]
    public async Task ContactOtherThanTheConversations_IsRefused()
    {
        var (conversation, _) = await ConversationWithContactAsync();
        var (_, other) = await ConversationWithContactAsync();

        AssertRefused(
            "400 BAD_REQUEST",
            await SendAsync($"POST /conversation/{conversation}/session/create", $$"""{"contactId":"{{other}}"}""", Deployment.Secret));
    }

    [Fact]
    public async Task UnknownContact_IsRefused()
    {
        var answer = await SendAsync(
            $"POST /conversation/{await ConversationAsync()}/session/create", """{"contactId":"cmissing0000000000000000"}""", Deployment.Secret);

        Assert.Contains(answer.Status, new[] { HttpStatusCode.BadRequest, HttpStatusCode.NotFound });
    }

    [Fact]
    public async Task List_FindsTheSessionsOfAContact()
    {
        var (conversation, contact) = await ConversationWithContactAsync();
        var session = await MintAsync(conversationId: conversation);

        var page = await Owner.Session.ListAsync(new SessionListRequest { ContactId = contact }, Token);

        Assert.Equal([session.SessionId!], page.Items.Select(item => item.Id));
    }

    [Fact]
    public async Task Holder_SendsNoFingerprint()
    {
        var session = await MintAsync();

        Assert.Equal(
            HttpStatusCode.BadRequest,
            (await SendAsync($"POST /conversation/{session.Id}/contact/upsert", """{"fingerprint":"fingerprint-of-somebody"}""", session.Token)).Status);
    }

    [Fact]
    public async Task ConversationGivenToAnotherContact_ClosesTheOldHoldersSession()
    {
        var (conversation, _) = await ConversationWithContactAsync();
        var session = await MintAsync(conversationId: conversation);
        var (_, other) = await ConversationWithContactAsync();

        await Owner.Conversation.UpdateAsync(conversation, new ConversationUpdateRequest { ContactId = new ContactReference(other) }, Token);

        AssertRefused("403 CONTACT_MISMATCH", await SayAsync(session));
    }

    private async Task<(string Conversation, string Contact)> ConversationWithContactAsync()
    {
        var conversation = await ConversationAsync();
        var contact = await Owner.Conversation.Contact.UpsertAsync(
            conversation, new ContactUpsertRequest { Name = "Kim", Fingerprint = $"fingerprint-{Guid.NewGuid()}" }, Token);
        return (conversation, contact.Id);
    }
}
