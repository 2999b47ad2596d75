using ChatBotKit.Faults.Kill.Writers;

namespace ChatBotKit.Faults.Kill.Checks;

/// <summary>Checks that a conversation has the acknowledged messages, once and in order, and no other ones.</summary>
internal sealed class MessageCheck(ApiConnection api, Findings findings)
{
    public async Task CheckAsync(ConversationRecord conversation)
    {
        var messages = await api.ListAsync($"v1/conversation/{conversation.Id}/message/list", Writer.OwnerSecret);
        foreach (var twice in messages.GroupBy(message => message.GetProperty("id").GetString()).Where(same => same.Count() > 1))
            findings.Double($"message {twice.Key}");
        foreach (var same in messages.GroupBy(message => (Type: Text(message, "type"), Text: Text(message, "text"))))
            CheckText(conversation, same.Key.Type, same.Key.Text, same.Count());

        var said = messages.Where(message => Text(message, "type") == "user").Select(message => Text(message, "text")).ToList();
        foreach (var text in conversation.Acknowledged.Except(said))
            findings.Lose($"message \"{text}\" of conversation {conversation.Id}");
        var acknowledged = conversation.Acknowledged.ToHashSet();
        if (conversation.IsOrdered && !said.Where(acknowledged.Contains).SequenceEqual(conversation.Acknowledged.Where(said.Contains)))
            findings.Fault($"the messages of conversation {conversation.Id} have another order than their acknowledgements");
    }

    private void CheckText(ConversationRecord conversation, string type, string text, int count)
    {
        findings.AtMostOnce(count, $"{type} message \"{text}\" of conversation {conversation.Id}");
        var isKnown = type switch
        {
            "user" => conversation.WasAttempted(text),
            "bot" => PacedModel.QuestionOf(text) is { } question && conversation.WasAttempted(question)
                && PacedModel.AnswerTo(question).StartsWith(text, StringComparison.Ordinal),
            "reasoning" => text.StartsWith('<'),
            _ => false,
        };
        if (!isKnown)
            findings.Fault($"{type} message \"{text}\" of conversation {conversation.Id} was never said");
    }

    private static string Text(System.Text.Json.JsonElement message, string property) => message.GetProperty(property).GetString()!;
}
