using System.Text;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Uploads;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Features.Blueprints.Import;

/// <summary>
/// Imports resources into a blueprint in one transaction: after a failure at any moment, none of them is stored. What they refer to is read
/// before the transaction; the transaction is refused when that has changed meanwhile, and then the import begins again.
/// </summary>
internal sealed class BlueprintImport(
    BlueprintCategories categories, ResourceKinds kinds, IStore store, ResourceStore resources, ResourceEdit edit, ReceivedFiles files,
    UploadOptions options, TimeProvider time)
{
    private const int MaxTries = 5;

    /// <exception cref="ApiException">
    /// 400: the resources are not valid, with the issues; 404: the blueprint does not exist; 409: a resource has an address that another one
    /// has, or every try met a concurrent change; 429: the account has no room for the files.
    /// </exception>
    public async Task<BlueprintResourcesResponse> ImportAsync(
        string address, BlueprintImportRequest request, string accountId, IdempotentCall call, CancellationToken cancellationToken)
    {
        for (var tries = 0; tries < MaxTries; tries++)
        {
            var plan = await PlanAsync(address, request, accountId, cancellationToken);
            var response = plan.Response();
            try
            {
                await StoreAsync(plan, call.Answered(response), cancellationToken);
                return response;
            }
            catch (Exception exception) when (exception is MissingParentException or StaleWriteException)
            {
                // Something that the import refers to or updates was changed or deleted meanwhile.
            }
            catch (DuplicateKeyException)
            {
                await ThrowIfTakenAsync(plan, cancellationToken);
            }
        }

        throw ApiException.Conflict("The blueprint is being changed by others at the same time, or two of its resources have the same address; try again");
    }

    private async Task<ImportPlan> PlanAsync(string address, BlueprintImportRequest request, string accountId, CancellationToken cancellationToken)
    {
        var read = ImportReader.Read(request.Resources, categories);
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var newIds = BlueprintIds.New(now, read.Count + 1);
        var issues = new ImportIssues();
        var resolution = new ImportResolution(kinds, read, accountId, issues);
        var existing = await store.QueryAsync(
            async db =>
            {
                var found = await FindBlueprintAsync(db, address, request.Ensure == true, accountId);
                await resolution.ResolveAsync(db, found?.Id ?? newIds[0], [.. newIds.Skip(1)]);
                return found;
            },
            cancellationToken);
        issues.ThrowIfAny();
        var seeds = ImportSeeds.Of(read, issues);
        var contents = new ImportContents(edit, accountId, now, issues);
        (ResourceRow, ResourceContent)? added = existing is null
            ? contents.NewBlueprint(kinds.Find(BlueprintKind.Name)!, newIds[0], ResourceAddress.Parse(address).Text)
            : null;
        foreach (var resource in read)
            contents.Add(resource);
        issues.ThrowIfAny();
        return new ImportPlan(existing?.Id ?? newIds[0], accountId, now, added, read, seeds);
    }

    private static async ValueTask<ResourceRow?> FindBlueprintAsync(ISqlSession db, string address, bool isEnsured, string accountId)
    {
        if (await db.FindOwnAsync(BlueprintKind.Name, address, accountId) is { } found)
            return found;
        return isEnsured && ResourceAddress.Parse(address) is { Form: AddressForm.Key, Text.Length: > 0 }
            ? null
            : throw ApiException.NotFound("Blueprint");
    }

    private async Task StoreAsync(ImportPlan plan, IdempotencyRow? answered, CancellationToken cancellationToken)
    {
        var received = new List<ReceivedFile>(plan.Seeds.Count);
        try
        {
            foreach (var seed in plan.Seeds)
            {
                using var bytes = new MemoryStream(Encoding.UTF8.GetBytes(seed.Text));
                received.Add(await files.ReceiveAsync(bytes, UploadLimit.Of(options.MaxBytes), cancellationToken));
            }

            await ReceivedFile.KeepAllAsync(received, () => store.ChangeAsync(db => StoreAsync(db, plan, received, answered), cancellationToken));
        }
        finally
        {
            // Files that the transaction has stored are kept.
            foreach (var file in received)
                await file.DisposeAsync();
        }
    }

    private async ValueTask<ApiException?> StoreAsync(ISqlTransaction db, ImportPlan plan, List<ReceivedFile> received, IdempotencyRow? answered)
    {
        if (received.Count > 0)
        {
            var room = await StorageRoom.FindAsync(db, plan.AccountId, replaced: null, options);
            if (room?.RefusalOf(received.Sum(file => file.Size)) is { } refusal)
                return refusal;
        }

        await resources.InsertAsync(db, plan.Added());
        foreach (var (row, content) in plan.Updated())
        {
            if (!await resources.UpdateAsync(db, row, content))
                throw new StaleWriteException("A resource of the blueprint was changed meanwhile.");
        }

        foreach (var (seed, file) in plan.Seeds.Zip(received))
            await db.PutContentAsync(plan.RowOf(seed, file), isAnnounced: false, DateTimeOffset.FromUnixTimeMilliseconds(plan.Now));
        await db.RememberAsync(answered);
        return null;
    }

    private async Task ThrowIfTakenAsync(ImportPlan plan, CancellationToken cancellationToken)
    {
        var issues = new ImportIssues();
        foreach (var resource in plan.Resources.Where(resource => resource.Kind.UniqueField is not null && resource.Content is not null))
        {
            if (await store.QueryAsync(db => resources.IsValueTakenAsync(db, resource.Row), cancellationToken))
            {
                issues.Add(
                    resource, "resource_address_taken", "the address is taken: only one resource of the whole server can have it",
                    resource.Kind.UniqueField);
            }
        }

        issues.ThrowIfAny(ErrorCode.Conflict);
    }
}
