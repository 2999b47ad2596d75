namespace ChatBotKit.Faults.Kill.Writers;

/// <summary>Creates messages one after the other, and occasionally a conversation.</summary>
internal sealed class MessageWriter(Ledger ledger, ApiConnection api, ConversationSlot slot, bool isKeyed) : Writer(ledger, api, slot)
{
    protected override async Task WriteAsync()
    {
        var conversation = await ConversationAsync();
        var text = Ledger.NewText("message");
        conversation.Attempt(text);
        await PostAsync($"v1/conversation/{conversation.Id}/message/create", new { type = "user", text }, "id", isKeyed, _ =>
        {
            conversation.Acknowledged.Enqueue(text);
            Ledger.Acknowledge("message");
        });
        if (Round % 4 == 0)
            await CreateConversationAsync(isKeyed);
    }
}
