using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;

namespace ChatBotKit.Server.Resources;

/// <summary>Creates, updates, clones and deletes resources of every kind.</summary>
internal sealed class ResourceHandlers(ResourceStore store, ResourceWriter writer, ResourceRemoval removal)
{
    /// <exception cref="ApiException">400: a field is invalid; 404: the parent does not exist; 409: the key is taken.</exception>
    public async Task<IResult> CreateAsync(ResourceRequest request, ResourceBody body, IdempotentCall call)
    {
        var kind = request.Kind;
        var row = await writer.CreateAsync(
            kind, request.AccountId, body.Fields,
            row => kind.IsAnsweredWhole ? call.AnsweredJson(ResourceAnswer.JsonOf(row)) : call.Answered(new IdResponse { Id = row.Id }),
            request.Cancelled, request.ParentIdAsync);
        return kind.IsAnsweredWhole ? new ResourceAnswer(row) : JsonAnswer.Of(new IdResponse { Id = row.Id });
    }

    /// <exception cref="ApiException">
    /// 400: a field is invalid; 404: the resource does not exist; 409: the key is taken, or every try met a concurrent change.
    /// </exception>
    public async Task<IResult> UpdateAsync(ResourceRequest request, ResourceBody body, IdempotentCall call)
    {
        var row = await writer.UpdateAsync(
            request.Kind, request.AccountId, body.Fields, request.FindOwnAsync, row => call.Answered(new IdResponse { Id = row.Id }), request.Cancelled);
        return JsonAnswer.Of(new IdResponse { Id = row.Id });
    }

    /// <exception cref="ApiException">404: the resource does not exist.</exception>
    public async Task<IResult> CloneAsync(ResourceRequest request, IdempotentCall call)
    {
        var copy = await writer.CloneAsync(
            request.Kind, request.AccountId, request.FindOwnAsync, row => call.Answered(new IdResponse { Id = row.Id }), request.Cancelled);
        return JsonAnswer.Of(new IdResponse { Id = copy.Id });
    }

    /// <exception cref="ApiException">
    /// 404: the resource does not exist; 409: another resource refers to it and prevents the deletion.
    /// </exception>
    public async Task<IResult> DeleteAsync(ResourceRequest request, IdempotentCall call)
    {
        var row = await store.ReadAsync(request.FindOwnAsync, request.Cancelled);
        var response = new IdResponse { Id = row.Id };
        await removal.RemoveAsync(request.Kind, row, Removal.Alone, call.Answered(response), request.Cancelled);
        return JsonAnswer.Of(response);
    }
}
