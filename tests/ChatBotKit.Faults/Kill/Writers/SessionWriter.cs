using System.Net;

namespace ChatBotKit.Faults.Kill.Writers;

/// <summary>Creates sessions, refreshes some and revokes others.</summary>
internal sealed class SessionWriter(Ledger ledger, ApiConnection api, ConversationSlot slot) : Writer(ledger, api, slot)
{
    protected override async Task WriteAsync()
    {
        var conversation = await ConversationAsync();
        var session = await MintAsync(conversation, isKeyed: Round % 2 == 1);
        switch (Round % 3)
        {
            case 0:
                await RevokeAsync(session);
                if (await Api.StatusAsync($"v1/conversation/{conversation.Id}/message/list", session.Token) != HttpStatusCode.Unauthorized)
                    throw new UnexpectedAnswerException($"The revoked session {session.Id} was not refused");
                break;
            case 1:
                await RefreshAsync(session);
                break;
        }
    }

    private async Task RevokeAsync(SessionRecord session)
    {
        session.IsUncertain = true;
        await Api.PostAsync(ApiCall.Of($"v1/conversation/{session.Conversation.Id}/session/{session.Id}/revoke", new { }, OwnerSecret));
        (session.IsRevoked, session.IsUncertain) = (true, false);
        Ledger.Acknowledge("revocation");
    }

    private async Task RefreshAsync(SessionRecord session)
    {
        session.IsUncertain = true;
        var answer = await Api.PostAsync(
            ApiCall.Of($"v1/conversation/{session.Conversation.Id}/session/{session.Id}/refresh", new { }, OwnerSecret));
        (session.Token, session.IsUncertain) = (answer.GetProperty("token").GetString()!, false);
        session.Refreshed++;
        Ledger.Acknowledge("refresh");
    }
}
