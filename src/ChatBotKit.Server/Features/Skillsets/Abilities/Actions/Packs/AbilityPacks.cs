namespace ChatBotKit.Server.Features.Skillsets.Abilities.Actions.Packs;

/// <summary>The packs: actions that belong together, so that one ability offers all of them.</summary>
internal static class AbilityPacks
{
    private const string Storage = "space.storage.";

    /// <summary>The actions of each pack, by the name of the pack.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> ByName { get; } = new Dictionary<string, IReadOnlyList<string>>
    {
        ["pack.file"] = ["file.read", "file.write", "file.append", "file.prepend", "file.replace"],
        ["pack.space.storage"] =
        [
            Storage + "list", Storage + "read", Storage + "search", Storage + "write", Storage + "copy", Storage + "move", Storage + "delete",
            Storage + "import",
        ],
        ["pack.space.storage.read"] = [Storage + "list", Storage + "read", Storage + "search"],
        ["pack.space.skill"] = ["space.skill.list", "space.skill.read", "space.skill.create"],
        ["pack.task"] = ["task.list", "task.create", "task.fetch", "task.update", "task.delete", "task.run"],
        ["pack.rating"] = ["rating.list", "rating.create", "rating.fetch", "rating.delete"],
        ["pack.bot"] = ["bot.backstory.read", "bot.backstory.write"],
    };
}
