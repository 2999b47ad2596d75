using ChatBotKit.Server.Features.Skillsets.Abilities.Execution;
using ChatBotKit.Server.Http;

namespace ChatBotKit.Server.Features.Platform.Tools;

/// <summary>The actions that the server executes, with an instruction for each that leaves every value to the model.</summary>
internal static class ActionList
{
    public static ListResult<PlatformActionItem> List(ListQuery query, AbilityActions actions, TimeProvider time)
    {
        var now = time.GetUtcNow();
        return FixedList.Of(query, [.. actions.Names], IdOf, name => ItemOf(name, now), item => item.Id);
    }

    private static PlatformActionItem ItemOf(string name, DateTimeOffset now)
    {
        var words = TemplateWords.Of(name);
        return new PlatformActionItem
        {
            Id = words.Id,
            Name = name,
            Description = words.Description,
            Examples = [$"!{name} {{}}"],
            CreatedAt = now,
            UpdatedAt = now,
        };
    }

    private static string IdOf(string name) => TemplateWords.Of(name).Id;
}
