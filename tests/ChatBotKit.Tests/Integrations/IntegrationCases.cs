namespace ChatBotKit.Tests;

/// <summary>Creates the cases of the operations that every kind of integration has.</summary>
internal static class IntegrationCases
{
    private const string Id = """{"id":"i1"}""";

    /// <summary>
    /// Returns the cases of a kind. Each JSON text has the fields of the kind; common fields are added to <paramref name="item"/>
    /// here.
    /// </summary>
    public static IEnumerable<OperationCase> Of<TItem, TCreate, TUpdate>(
        string kind,
        Func<ChatBotKitApi, IntegrationKindClient<TItem, TCreate, TUpdate>> client,
        TCreate create,
        string created,
        TUpdate update,
        string updated,
        string item,
        Func<TItem, string> read,
        string result)
        where TItem : IntegrationItem
        where TCreate : IntegrationCreateRequest
        where TUpdate : IntegrationUpdateRequest
    {
        var name = typeof(TItem).Name.Replace("Item", "Client", StringComparison.Ordinal);
        var path = $"/api/v1/integration/{kind}";
        item = $$"""{"id":"i1","alias":"main","name":"Support","description":"Help","blueprintId":"bp1","meta":{"a":1},{{item[1..^1]}},"createdAt":1767225600000,"updatedAt":1767225600001}""";
        result = $"i1 main Support Help bp1 1 1767225600000 1767225600001 {result}";

        return
        [
            new(
                $"{name}.ListAsync",
                async (api, token) => Read((await client(api).ListAsync(
                    new ListRequest { Cursor = "i0", Take = 1, Meta = new Dictionary<string, string> { ["a"] = "1" } }, token)).Items[0], read),
                $"GET {path}/list?cursor=i0&take=1&meta.a=1",
                $$"""{"items":[{{item}}],"cursor":"i1"}""",
                result),
            new(
                $"{name}.ListAsync streamed",
                async (api, token) => Read((await client(api).ListAsync(cancellationToken: token).ToListAsync())[0], read),
                $"GET {path}/list",
                $$"""{"type":"item","data":{{item}} }""",
                result) { Accept = "application/jsonl" },
            new(
                $"{name}.FetchAsync",
                async (api, token) => Read(await client(api).FetchAsync("@main", token), read),
                $"GET {path}/%40main/fetch",
                item,
                result),
            new($"{name}.CreateAsync", async (api, token) => (await client(api).CreateAsync(create, token)).Id, $"POST {path}/create\n{created}", Id, "i1"),
            new(
                $"{name}.CreateAsync without request",
                async (api, token) => (await client(api).CreateAsync(cancellationToken: token)).Id,
                $"POST {path}/create\n{{}}",
                Id,
                "i1"),
            new($"{name}.UpdateAsync", async (api, token) => (await client(api).UpdateAsync("i1", update, token)).Id, $"POST {path}/i1/update\n{updated}", Id, "i1"),
            new($"{name}.DeleteAsync", async (api, token) => (await client(api).DeleteAsync("i1", token)).Id, $"POST {path}/i1/delete\n{{}}", Id, "i1"),
        ];
    }

    // A field without a property would be preserved too, so none may be left over.
    private static string Read<TItem>(TItem item, Func<TItem, string> read)
        where TItem : IntegrationItem
    {
        Assert.Null(item.AdditionalProperties);
        return $"{item.Id} {item.Alias} {item.Name} {item.Description} {item.BlueprintId} {item.Meta!["a"]} "
            + $"{item.CreatedAt.ToUnixTimeMilliseconds()} {item.UpdatedAt.ToUnixTimeMilliseconds()} {read(item)}";
    }
}
