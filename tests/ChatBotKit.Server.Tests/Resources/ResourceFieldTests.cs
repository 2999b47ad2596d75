using System.Text.Json;
using System.Text.Json.Nodes;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Json;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Tests.Resources;

/// <summary>The fields of every kind, according to its declaration.</summary>
public sealed class ResourceFieldTests(ResourceServer server) : IClassFixture<ResourceServer>
{
    public static TheoryData<string> Kinds { get; } = ResourceServer.Rows();

    /// <summary>A declaration of a field that the records do not have would have no effect.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void Declaration_Names_FieldsOfTheRecords(string name)
    {
        var kind = ResourceServer.Kind(name);
        var settable = kind.Fields.Settable;
        var secrets = kind.Secrets.Where(secret => !secret.IsServerMade).Select(secret => secret.Field.Split('.')[0]).ToList();

        Assert.DoesNotContain(kind.Fields.References.Select(reference => reference.Field), field => !kind.Fields.Has(field) || !settable.Contains(field));
        Assert.DoesNotContain(kind.Fields.OtherNames.Keys, field => !kind.Fields.Has(field));
        Assert.DoesNotContain(kind.Defaults.Select(field => field.Key), field => !kind.Fields.Has(field));
        Assert.DoesNotContain(kind.Filters, field => !kind.Fields.Has(field));
        Assert.DoesNotContain(kind.Limits.Keys, field => !settable.Contains(field));
        Assert.DoesNotContain(kind.LostByClone, field => !kind.Fields.Has(field));
        Assert.DoesNotContain(secrets, field => !settable.Contains(field));
        // A field that can be set but is in no item would be lost, unless it is a credential.
        Assert.DoesNotContain(settable, field => !kind.Fields.Has(field) && !secrets.Contains(field) && !kind.Ignored.Contains(field));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Create_EveryField_IsGivenBack(string name)
    {
        var (kind, world) = (ResourceServer.Kind(name), await server.WorldAsync());
        var sent = await EveryFieldAsync(world, kind, isUpdate: false);

        var id = await world.CreateAsync(kind, sent);

        AssertHas(kind, sent, await world.FetchAsync(kind, id));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Update_EveryFieldByItself_ChangesNoOther(string name)
    {
        var (kind, world) = (ResourceServer.Kind(name), await server.WorldAsync());
        var id = await world.CreateAsync(kind, await EveryFieldAsync(world, kind, isUpdate: false));

        foreach (var (field, value) in await EveryFieldAsync(world, kind, isUpdate: true))
        {
            var before = await world.FetchAsync(kind, id);
            var sent = new JsonObject { [field] = value!.DeepClone() };
            Assert.Equal(id, ApiJson.Id(await world.UpdateAsync(kind, id, sent)));
            var after = await world.FetchAsync(kind, id);

            AssertHas(kind, sent, after);
            string[] derived = DerivedFrom(name, field);
            string[] changed = [field, .. derived, .. kind.Fields.OtherNames.Where(other => other.Value == field).Select(other => other.Key)];
            Assert.All(
                before.EnumerateObject().Where(member => !changed.Contains(member.Name)),
                member => Assert.Equal(member.Value.GetRawText(), after.GetProperty(member.Name).GetRawText()));
        }
    }

    /// <summary>Returns the fields that follow from another one: the next run follows from the schedule.</summary>
    private static string[] DerivedFrom(string kind, string field) => (kind, field) switch
    {
        ("task", "schedule" or "timezone" or "expiresAt") => ["nextRunAt"],
        ("integration.trigger", "schedule" or "timezone") => ["nextTriggerAt"],
        _ => [],
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Update_Nothing_ChangesNothingButTheTime(string name)
    {
        var (kind, world) = (ResourceServer.Kind(name), await server.WorldAsync());
        var id = await world.CreateAsync(kind, await EveryFieldAsync(world, kind, isUpdate: false));
        var before = await world.FetchAsync(kind, id);

        await world.UpdateAsync(kind, id, []);

        Assert.Equal(before.GetRawText(), (await world.FetchAsync(kind, id)).GetRawText());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Update_Null_GivesWhatANewOneHas(string name)
    {
        var (kind, world) = (ResourceServer.Kind(name), await server.WorldAsync());
        var fresh = await world.FetchAsync(kind, await world.CreateAsync(kind));
        var id = await world.CreateAsync(kind, await EveryFieldAsync(world, kind, isUpdate: false));
        var clearable = kind.UpdateType.Properties
            .Where(property => ResourceFields.IsOptional(property) && kind.CreateType.Properties.All(other => other.Name != property.Name || !other.IsRequired))
            .Select(property => property.Name).ToList();

        await world.UpdateAsync(kind, id, new JsonObject(clearable.Select(field => KeyValuePair.Create(field, (JsonNode?)null))));

        var cleared = await world.FetchAsync(kind, id);
        Assert.All(
            // A key that every resource of the kind has is generated again.
            clearable.Where(field => kind.Fields.Has(field) && (field != kind.KeyField || Raw(fresh, field) == "null")),
            field => Assert.Equal(Raw(fresh, field), Raw(cleared, field)));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Body_WithAnUnknownField_IsRefusedByItsName(string name)
    {
        var (kind, world) = (ResourceServer.Kind(name), await server.WorldAsync());
        var id = await world.CreateAsync(kind);

        foreach (var (verb, resource) in new[] { (ResourceVerb.Create, null), (ResourceVerb.Update, id) })
        {
            var message = await world.Client.AssertRefusedAsync(
                "400 BAD_REQUEST", HttpMethod.Post, await world.PathAsync(kind, verb, resource), """{"nobodyKnowsThis":1}""");
            Assert.Contains("\"nobodyKnowsThis\" is not allowed", message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Body_WithFieldsOfAWrongType_NamesEveryOne(string name)
    {
        var (kind, world) = (ResourceServer.Kind(name), await server.WorldAsync());
        var id = await world.CreateAsync(kind);

        foreach (var (verb, resource, type) in new[] { (ResourceVerb.Create, null, kind.CreateType), (ResourceVerb.Update, id, kind.UpdateType) })
        {
            foreach (var fields in type.Properties.Where(field => ResourceSamples.Wrong(field) is not null).Chunk(Faults.MaxCount))
            {
                var body = new JsonObject(fields.Select(field => KeyValuePair.Create(field.Name, ResourceSamples.Wrong(field))));
                var message = await world.Client.AssertRefusedAsync(
                    "400 BAD_REQUEST", HttpMethod.Post, await world.PathAsync(kind, verb, resource), body.ToJsonString());
                Assert.All(fields, field => Assert.Contains($"\"{field.Name}\"", message, StringComparison.Ordinal));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Text_IsLimited_InBytes(string name)
    {
        var (kind, world) = (ResourceServer.Kind(name), await server.WorldAsync());
        foreach (var property in kind.CreateType.Properties.Where(property => ResourceSamples.IsText(kind, property)))
        {
            var limit = kind.Fields.LimitOf(property.Name);
            if (limit > FieldRules.MaxTextBytes)
                continue;
            // Two bytes per character, so a limit in characters would not refuse it.
            var body = ResourceSamples.Required(kind);
            body[property.Name] = new string('é', (limit / 2) + 1);
            var message = await world.Client.AssertRefusedAsync(
                "400 BAD_REQUEST", HttpMethod.Post, await world.PathAsync(kind, ResourceVerb.Create, null), body.ToJsonString());
            Assert.Contains($"\"{property.Name}\" may not be longer than {limit} bytes", message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Choice_ThatIsNone_IsRefused(string name)
    {
        var (kind, world) = (ResourceServer.Kind(name), await server.WorldAsync());
        var choices = kind.CreateType.Properties.Where(property => OpenStrings.ValuesOf(ResourceSamples.TypeOf(property.PropertyType)) is not null).ToList();
        var body = ResourceSamples.Required(kind);
        foreach (var property in choices)
            body[property.Name] = "nothing of the kind";
        if (choices.Count == 0)
            return;

        var message = await world.Client.AssertRefusedAsync(
            "400 BAD_REQUEST", HttpMethod.Post, await world.PathAsync(kind, ResourceVerb.Create, null), body.ToJsonString());

        Assert.All(choices, property => Assert.Contains($"\"{property.Name}\" must be one of", message, StringComparison.Ordinal));
    }

    /// <summary>Returns every field of a request with a value. References point to new resources.</summary>
    private static async Task<JsonObject> EveryFieldAsync(ResourceWorld world, ResourceKind kind, bool isUpdate)
    {
        var body = new JsonObject();
        foreach (var property in (isUpdate ? kind.UpdateType : kind.CreateType).Properties)
        {
            if (kind.Fields.References.FirstOrDefault(reference => reference.Field == property.Name) is { } reference)
                body[property.Name] = await world.CreateTargetAsync(reference);
            else
                body[property.Name] = ResourceSamples.Value(kind, property, isUpdate);
            if (body[property.Name] is null)
                body.Remove(property.Name);
        }

        return body;
    }

    private static void AssertHas(ResourceKind kind, JsonObject sent, JsonElement item)
    {
        foreach (var (field, value) in sent)
        {
            if (kind.Ignored.Contains(field) || !kind.Fields.Has(field))
                continue;
            var expected = kind.Secrets.Any(secret => secret.Field == field) ? $"\"{ResourceSecret.Mask}\"" : value!.ToJsonString();
            Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(Raw(item, field))), $"{field} is {Raw(item, field)} and not {expected}");
            if (kind.Fields.References.FirstOrDefault(reference => reference.Field == field) is { OtherName: { } other })
                Assert.Equal(Raw(item, field), Raw(item, other));
        }
    }

    /// <summary>Returns the JSON of a member; null when it is absent or null.</summary>
    private static string Raw(JsonElement item, string field) => item.TryGetProperty(field, out var value) ? value.GetRawText() : "null";
}
