using System.Text.Json.Nodes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Blueprints;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Resources;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Platform.Examples;

/// <summary>Creates the resources of an example, all of them or none.</summary>
internal sealed class ExampleCloning(BlueprintCategories categories, ResourceEdit edit, ResourceStore store, TimeProvider time)
{
    /// <exception cref="ApiException">404: there is no such example.</exception>
    public async Task<JsonAnswer<PlatformExampleCloneResponse>> CloneAsync(
        string exampleId, JsonBody<EmptyRequest> body, Caller caller, IdempotentCall call, CancellationToken cancellationToken)
    {
        var example = ExampleCatalogue.ResourcesOf(exampleId) ?? throw ApiException.NotFound("Example");
        var (ids, rows) = (new Dictionary<string, string>(StringComparer.Ordinal), new List<(ResourceRow, IReadOnlyList<ResourceLink>)>());
        var created = new Dictionary<string, IReadOnlyList<PlatformExampleResource>>(StringComparer.Ordinal);
        var (faults, now) = (new Faults(), time.GetUtcNow().ToUnixTimeMilliseconds());
        // A category comes after those that it refers to.
        foreach (var (category, items) in example)
        {
            var kind = categories.Find(category)!;
            var told = new List<PlatformExampleResource>();
            foreach (var item in items!.AsArray())
            {
                var fields = Linked(item!.AsObject(), ids);
                var id = Ids.New(now);
                if (fields.Remove("id", out var local))
                    ids.Add(local!.GetValue<string>(), id);
                told.Add(new PlatformExampleResource { Id = id, Name = (string?)fields["name"], Description = (string?)fields["description"] });
                rows.Add(RowOf(kind, id, fields, caller.AccountId, now, faults));
            }

            created.Add(category, told);
        }

        faults.ThrowIfAny();
        var response = new PlatformExampleCloneResponse { Resources = created };
        await store.InsertAsync(rows, call.Answered(response), cancellationToken);
        return JsonAnswer.Of(response);
    }

    /// <summary>Returns the fields with the ids of the new resources in place of those of the example.</summary>
    private static JsonObject Linked(JsonObject item, Dictionary<string, string> ids)
    {
        var fields = item.DeepClone().AsObject();
        foreach (var name in item.Select(field => field.Key).Where(name => name.EndsWith("Id", StringComparison.Ordinal)))
            fields[name] = ids[item[name]!.GetValue<string>()];
        return fields;
    }

    private (ResourceRow Row, IReadOnlyList<ResourceLink> Links) RowOf(ResourceKind kind, string id, JsonObject fields, string accountId, long now, Faults faults)
    {
        var parentId = kind.ParentParameter is { } parent && fields.Remove(parent, out var named) ? named!.GetValue<string>() : null;
        var content = edit.Create(kind, id, parentId, fields, faults);
        return (ResourceWriter.RowOf(kind, id, accountId, parentId, content, now), content.Links);
    }
}
