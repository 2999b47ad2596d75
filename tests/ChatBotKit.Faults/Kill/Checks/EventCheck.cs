using ChatBotKit.Faults.Kill.Writers;

namespace ChatBotKit.Faults.Kill.Checks;

/// <summary>Whether the event log and the counts of days have each stored message once, and no other.</summary>
internal sealed class EventCheck(ApiConnection api, KillDatabase database, Findings findings)
{
    public async Task CheckAsync()
    {
        var logged = await ListLoggedAsync();
        var stored = database.ListMessages().ToHashSet();
        foreach (var id in stored)
            findings.Once(logged.GetValueOrDefault(id), $"the event of message {id}");
        foreach (var id in logged.Keys.Where(id => !stored.Contains(id)))
            findings.Fault($"there is an event of message {id}, which is not stored");
        if (database.CountMessagesOfDays() is var counted && counted != stored.Count)
            findings.Fault($"{stored.Count} messages are stored, and the days have {counted}");
    }

    private async Task<Dictionary<string, int>> ListLoggedAsync()
    {
        var logged = new Dictionary<string, int>();
        foreach (var entry in await api.ListAsync("v1/event/log/list?type=message.create", Writer.OwnerSecret))
        {
            var id = entry.GetProperty("messageId").GetString()!;
            logged[id] = logged.GetValueOrDefault(id) + 1;
        }

        return logged;
    }
}
