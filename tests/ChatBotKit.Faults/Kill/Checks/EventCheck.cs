using ChatBotKit.Faults.Kill.Writers;

namespace ChatBotKit.Faults.Kill.Checks;

/// <summary>Whether the event log and the counts of days have as many messages of each conversation as are stored.</summary>
internal sealed class EventCheck(ApiConnection api, KillDatabase database, Findings findings)
{
    public async Task CheckAsync()
    {
        var entries = await api.ListAsync("v1/event/log/list?type=message.create", Writer.OwnerSecret);
        var logged = entries.CountBy(entry => entry.GetProperty("conversationId").GetString()!).ToDictionary();
        var counted = database.CountMessagesOfDays().ToDictionary();
        foreach (var (conversation, stored) in database.CountMessages())
        {
            Compare(stored, logged.GetValueOrDefault(conversation), $"events of messages of conversation {conversation}");
            Compare(stored, counted.GetValueOrDefault(conversation), $"counted messages of conversation {conversation}");
        }
    }

    private void Compare(long stored, long other, string what)
    {
        if (other < stored)
            findings.Lose($"{stored - other} {what}");
        else if (other > stored)
            findings.Double($"{other - stored} {what}");
    }
}
