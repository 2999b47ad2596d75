using System.Text.Json.Nodes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Skillsets.Abilities.Execution;
using ChatBotKit.Server.Features.Tasks.Executions;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Features.Tasks.Actions;

/// <summary>Changes tasks on behalf of abilities, with the same checks as the operations of the API.</summary>
internal sealed class TaskEdits(
    ResourceKinds kinds, ResourceWriter writer, ResourceRemoval removal, IStore store, TaskStarts starts, TimeProvider time)
{
    /// <summary>How many tasks of a bot abilities may create, so that tasks which create tasks don't multiply without end.</summary>
    private const int MaxTasks = 100;

    private ResourceKind Kind => field ??= kinds.Find(TaskKind.Name)!;

    /// <summary>Lists the oldest tasks, at most as many as abilities may create.</summary>
    public ValueTask<List<ResourceRow>> ListAsync(TaskScope scope, CancellationToken cancellationToken) => store.QueryAsync(
        async db => await ListAsync(db, scope, await ResolveAsync(db, scope)), cancellationToken);

    /// <summary>Creates a task. A repeated call returns the task that the first one created.</summary>
    /// <exception cref="AbilityException">There are too many tasks, or there is no bot.</exception>
    /// <exception cref="ApiException">400: a value is invalid.</exception>
    public async Task<ResourceRow> CreateAsync(TaskScope scope, JsonObject fields, string idempotencyKey, CancellationToken cancellationToken)
    {
        var id = DerivedId.Of("task-of-ability", idempotencyKey);
        var (found, owner, count) = await store.QueryAsync(
            async db =>
            {
                var owner = await ResolveAsync(db, scope);
                return (await TaskSettings.FindRowAsync(db, id), owner, (await ListAsync(db, scope, owner)).Count);
            },
            cancellationToken);
        if (found is not null)
            return found;
        if (count >= MaxTasks)
            throw new AbilityException($"The bot already has {MaxTasks} tasks.");
        (fields["botId"], fields["contactId"]) = (owner.Bot, owner.Contact);
        try
        {
            return await writer.CreateAsync(Kind, scope.AccountId, fields, answered: null, cancellationToken, id: id);
        }
        catch (DuplicateKeyException)
        {
            // The same call is executed twice at a time.
            return await FetchAsync(scope, id, cancellationToken);
        }
    }

    /// <exception cref="AbilityException">The task does not exist.</exception>
    /// <exception cref="ApiException">400: a value is invalid.</exception>
    public Task<ResourceRow> UpdateAsync(TaskScope scope, string taskId, JsonObject fields, CancellationToken cancellationToken) => writer.UpdateAsync(
        Kind, scope.AccountId, fields, async db => await FindAsync(db, scope, taskId) ?? throw NoTask(), answered: null, cancellationToken);

    /// <exception cref="AbilityException">The task does not exist.</exception>
    public async Task<ResourceRow> FetchAsync(TaskScope scope, string taskId, CancellationToken cancellationToken) =>
        await store.QueryAsync(db => FindAsync(db, scope, taskId), cancellationToken) ?? throw NoTask();

    /// <exception cref="AbilityException">The task does not exist.</exception>
    public async Task DeleteAsync(TaskScope scope, string taskId, CancellationToken cancellationToken)
    {
        var row = await FetchAsync(scope, taskId, cancellationToken);
        await removal.RemoveAsync(Kind, row, Removal.Alone, answered: null, cancellationToken);
    }

    /// <summary>Starts a task, once for each key. A task can't start tasks, so that two of them can't start each other without end.</summary>
    /// <returns>False when it was running.</returns>
    /// <exception cref="AbilityException">The task does not exist, or the call comes from a task.</exception>
    public async Task<bool> StartAsync(TaskScope scope, string taskId, string idempotencyKey, CancellationToken cancellationToken)
    {
        var row = await FetchAsync(scope, taskId, cancellationToken);
        if (scope.IsOfTask
            || (scope.ConversationId is { } id
                && await store.QueryAsync(db => db.FindConversationAsync(id, scope.AccountId), cancellationToken) is { TaskId: not null }))
        {
            throw new AbilityException("A task can't start a task.");
        }

        return await store.ChangeAsync(
            async db => await TaskSettings.FindRowAsync(db, row.Id) is { } current
                && await starts.StartNowAsync(db, current, DerivedId.Of("execution-of-ability", idempotencyKey), time.GetUtcNow()),
            cancellationToken);
    }

    private async ValueTask<ResourceRow?> FindAsync(ISqlSession db, TaskScope scope, string taskId)
    {
        var owner = await ResolveAsync(db, scope);
        if (await TaskSettings.FindRowAsync(db, taskId) is not { } row || row.AccountId != scope.AccountId)
            return null;
        var task = TaskSettings.Of(row);
        return task.BotId == owner.Bot && (owner.Contact is null || task.ContactId == owner.Contact) ? row : null;
    }

    /// <summary>Returns the ids of the bot and the contact.</summary>
    /// <exception cref="AbilityException">There is no bot, or one of them does not exist.</exception>
    private async ValueTask<(string Bot, string? Contact)> ResolveAsync(ISqlSession db, TaskScope scope)
    {
        if (scope.Bot is null)
            throw new AbilityException("There is no bot whose tasks are meant.");
        var fields = new JsonObject { ["botId"] = scope.Bot, ["contactId"] = scope.Contact };
        var faults = new Faults();
        await db.ResolveAsync(Kind, fields, scope.AccountId, faults);
        ThrowIfAny(faults);
        return ((string)fields["botId"]!, (string?)fields["contactId"]);
    }

    private ValueTask<List<ResourceRow>> ListAsync(ISqlSession db, TaskScope scope, (string Bot, string? Contact) owner)
    {
        var query = new SqlQuery().AddSql(ResourceTable.Rows.Select("WHERE TRUE"));
        query.Add($" AND \"AccountId\" = {scope.AccountId} AND \"Kind\" = {TaskKind.Name}");
        query.AddLinkedTo(LinkOf("botId"), [owner.Bot]);
        if (owner.Contact is not null)
            query.AddLinkedTo(LinkOf("contactId"), [owner.Contact]);
        return db.ListAsync(query.Add($" ORDER BY \"CreatedAt\", \"Id\" LIMIT {MaxTasks}"), ResourceTable.Rows.Read);
    }

    private string LinkOf(string field) => Kind.Fields.LinkOf(Kind.Fields.References.First(reference => reference.Field == field));

    private static void ThrowIfAny(Faults faults)
    {
        if (faults.Message is { } message)
            throw new AbilityException(FaultText.Sentence(message));
    }

    private static AbilityException NoTask() => new("There is no such task.");
}
