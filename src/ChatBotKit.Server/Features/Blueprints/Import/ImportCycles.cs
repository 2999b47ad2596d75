using System.Text.Json.Nodes;

namespace ChatBotKit.Server.Features.Blueprints.Import;

/// <summary>
/// Finds resources of an import that refer to one another in a circle. Every field whose name ends with <c>Id</c> counts, because one that
/// the kind does not have would otherwise be dropped in silence.
/// </summary>
internal static class ImportCycles
{
    public static void Find(IReadOnlyList<ImportedResource> resources, ImportIssues issues)
    {
        var byId = resources.Where(resource => resource.LocalId is not null).ToDictionary(resource => resource.LocalId!, StringComparer.Ordinal);
        var targets = byId.ToDictionary(pair => pair.Key, pair => TargetsOf(pair.Value, byId), StringComparer.Ordinal);
        RemoveAcyclic(targets);
        if (targets.Count == 0)
            return;
        // Each resource that is left refers to another one that is left, so following them leads into a circle.
        var path = new List<string> { targets.Keys.First() };
        while (path.IndexOf(path[^1]) == path.Count - 1)
            path.Add(targets[path[^1]].First(targets.ContainsKey));
        path.RemoveRange(0, path.IndexOf(path[^1]));
        issues.Add(
            "cyclic_dependency", "The resources refer to one another in a circle", ("cycle", new JsonArray([.. path.Select(id => (JsonNode)id)])));
    }

    private static List<string> TargetsOf(ImportedResource resource, Dictionary<string, ImportedResource> byId)
    {
        var targets = new List<string>();
        foreach (var (field, value) in resource.Given)
        {
            if (field.EndsWith("Id", StringComparison.Ordinal) && ImportedResource.TextOf(value) is { } target && byId.ContainsKey(target))
                targets.Add(target);
        }

        return targets;
    }

    /// <summary>Removes the resources whose targets are all removed, until none is left or each one has a target.</summary>
    private static void RemoveAcyclic(Dictionary<string, List<string>> targets)
    {
        var left = targets.ToDictionary(pair => pair.Key, pair => pair.Value.Count, StringComparer.Ordinal);
        var sources = targets.SelectMany(pair => pair.Value.Select(target => (target, pair.Key))).ToLookup(pair => pair.target, pair => pair.Key, StringComparer.Ordinal);
        var open = new Queue<string>(left.Where(pair => pair.Value == 0).Select(pair => pair.Key));
        while (open.TryDequeue(out var id))
        {
            targets.Remove(id);
            foreach (var source in sources[id])
            {
                if (--left[source] == 0)
                    open.Enqueue(source);
            }
        }
    }
}
