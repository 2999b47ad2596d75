using ChatBotKit.Server.Data;

namespace ChatBotKit.Server.Features.Blueprints;

internal static class BlueprintIds
{
    /// <summary>
    /// Creates ids for resources that are created together, in the order of the ids: lists sort resources of the same time by their id,
    /// so that the resources keep their order.
    /// </summary>
    public static IReadOnlyList<string> New(long now, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => Ids.New(now)).Order(StringComparer.Ordinal)];
}
