using System.Text;
using System.Text.Json.Nodes;
using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Skillsets.Abilities.Execution;
using ChatBotKit.Server.Features.Skillsets.Abilities.Instructions;
using ChatBotKit.Server.Knowledge;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Actions.Resources;

/// <summary>
/// <c>conversation.search</c>: ranks the newest conversations by what was said last in them. There is no index of messages, so the number
/// of conversations and of characters is limited.
/// </summary>
internal sealed class ConversationSearchAction(IStore store, ConversationAction conversations) : IAbilityAction
{
    /// <summary>How many of the newest conversations are searched.</summary>
    public const int MaxSearched = 50;

    private const int MaxFound = 10;
    private const int MaxMessages = 50;
    private const int MaxCharacters = 20_000;
    private const int MaxShown = 500;

    public IReadOnlyList<string> Names { get; } = ["conversation.search"];

    public IReadOnlyList<AbilityField> FieldsOf(string action) => [ActionFields.Required("query", "The words to look for.")];

    public async Task<AbilityResult> ExecuteAsync(AbilityCall call, CancellationToken cancellationToken)
    {
        var question = new Question(call.Require("query"));
        // The conversation of the run has the question itself.
        var rows = (await conversations.ListAsync(call, MaxSearched, cancellationToken)).FindAll(row => row.Id != call.Scope.ConversationId);
        var texts = new List<Passage>();
        foreach (var row in rows)
            texts.Add(await TextOfAsync(row, cancellationToken));
        return AbilityResult.Of(new JsonArray([.. TextRanking.Rank(texts, question, MaxFound).Select(index => ItemOf(rows[index], texts[index], question))]));
    }

    private async Task<Passage> TextOfAsync(ConversationRow row, CancellationToken cancellationToken)
    {
        var messages = await store.ListMessagesAsync(row.Id, cursor: null, descending: true, MaxMessages, MaxCharacters, cancellationToken);
        var text = new StringBuilder(row.Description).Append('\n');
        foreach (var message in messages.Reverse().Where(message => message.Type is TranscriptMessage.User or TranscriptMessage.Bot))
            text.Append(message.Text).Append('\n');
        return new Passage(row.Name ?? "", text.ToString());
    }

    /// <summary>Returns the conversation with the line that fits best.</summary>
    private static JsonObject ItemOf(ConversationRow row, Passage text, Question question)
    {
        var lines = text.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => new Passage("", line)).ToList();
        var item = ConversationAction.ItemOf(row);
        if (TextRanking.Rank(lines, question, 1) is [var best])
            item["text"] = FaultText.Clip(lines[best].Text, MaxShown);
        return item;
    }
}
