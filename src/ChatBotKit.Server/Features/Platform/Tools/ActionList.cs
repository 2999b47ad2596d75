using ChatBotKit.Server.Features.Skillsets.Abilities.Execution;
using ChatBotKit.Server.Http;

namespace ChatBotKit.Server.Features.Platform.Tools;

/// <summary>The actions that the server executes, with an instruction for each that leaves every value to the model.</summary>
internal static class ActionList
{
    public static ListResult<PlatformActionItem> List(ListQuery query, AbilityActions actions, TimeProvider time) => new(
        query,
        (page, _) =>
        {
            var now = time.GetUtcNow();
            var rest = actions.Names.SkipWhile(name => page.Cursor is not null && IdOf(name) != page.Cursor).Skip(page.Cursor is null ? 0 : 1).ToList();
            return Task.FromResult(new ListPiece<PlatformActionItem>([.. rest.Take(page.Take).Select(name => ItemOf(name, now))], rest.Count > page.Take));
        },
        item => item.Id);

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
