using System.Text.Json.Nodes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Datasets;
using ChatBotKit.Server.Features.Datasets.Records;
using ChatBotKit.Server.Features.Skillsets.Abilities.Execution;
using ChatBotKit.Server.Features.Skillsets.Abilities.Instructions;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Actions.Resources;

/// <summary><c>dataset.list</c>, <c>dataset.create</c> and <c>dataset.record.create</c>.</summary>
internal sealed class DatasetAction(IStore store, ActionResources resources, TimeProvider time) : IAbilityAction
{
    private const string AddRecord = "dataset.record.create";

    public IReadOnlyList<string> Names { get; } = ["dataset.list", "dataset.create", AddRecord];

    public IReadOnlyList<AbilityField> FieldsOf(string action) => action switch
    {
        "dataset.create" => [ActionFields.Required("name", "The name.")],
        AddRecord => [ActionFields.Required("datasetId", "The dataset."), ActionFields.Required("record", "The text of the record.")],
        _ => [],
    };

    public async Task<AbilityResult> ExecuteAsync(AbilityCall call, CancellationToken cancellationToken)
    {
        var account = call.Ability.OwnerId;
        switch (call.Action)
        {
            case AddRecord:
                var dataset = await resources.GetAsync(DatasetKind.Name, call.Require("datasetId"), account, cancellationToken);
                return Done(await AddAsync(dataset.Id, call.Require("record"), cancellationToken));
            case "dataset.create":
                return Done(await resources.CreateAsync(DatasetKind.Name, account, new JsonObject { ["name"] = call.Require("name") }, cancellationToken));
            default:
                var rows = await resources.ListAsync(DatasetKind.Name, account, [], cancellationToken);
                return AbilityResult.Of(new JsonArray([.. rows.Select(row => ActionResources.Item(row, "name", "description"))]));
        }
    }

    private async Task<string> AddAsync(string datasetId, string given, CancellationToken cancellationToken)
    {
        var faults = new Faults();
        var text = faults.CheckRecordText(given);
        faults.ThrowIfAny();
        var now = time.GetUtcNow();
        var record = new RecordRow
        {
            DatasetId = datasetId,
            Id = Guid.CreateVersion7(now).ToString("N"),
            Text = text,
            CreatedAt = now.ToUnixTimeMilliseconds(),
            UpdatedAt = now.ToUnixTimeMilliseconds(),
        };
        try
        {
            return await store.ChangeAsync(
                async db =>
                {
                    await db.AddRecordAsync(record);
                    return record.Id;
                },
                cancellationToken);
        }
        catch (MissingParentException)
        {
            throw new AbilityException("There is no such dataset.");
        }
    }

    private static AbilityResult Done(string id) => AbilityResult.Of(new JsonObject { ["id"] = id });
}
