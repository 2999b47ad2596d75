using System.Reflection;
using System.Text.Json.Nodes;

namespace ChatBotKit.Conventions.Tests;

/// <summary>Calls every method of every client once, against a handler that only records requests.</summary>
internal static class SdkCalls
{
    private static readonly Lazy<Task<IReadOnlyList<SdkCall>>> All = new(RecordAsync);

    public static Task<IReadOnlyList<SdkCall>> AllAsync() => All.Value;

    /// <summary>Returns the calls by operation, including those of overloads.</summary>
    public static async Task<ILookup<SpecOperation, SdkCall>> ByOperationAsync()
    {
        var operations = SpecTables.Official.Concat(SpecTables.Own).ToDictionary(operation => operation.Call);
        return (await AllAsync()).Where(call => call.Call is not null && operations.ContainsKey(call.Call))
            .ToLookup(call => operations[call.Call!]);
    }

    /// <summary>Returns the operations that no method calls.</summary>
    public static async Task<IReadOnlyList<Difference>> MissingAsync()
    {
        var calls = await ByOperationAsync();
        return
        [
            .. SpecTables.Official.Concat(SpecTables.Own).Where(operation => !calls.Contains(operation))
                .Select(operation => new Difference(operation.Name, "sdk", "-", "missing", $"{operation.Verb} {operation.Path}")),
        ];
    }

    /// <summary>Returns every client below the whole API with its path.</summary>
    public static IEnumerable<(string Path, object Client)> ClientsOf(object client, string path = "") =>
        from property in client.GetType().GetProperties()
        where property.PropertyType.IsSubclassOf(typeof(ChatBotKitClient))
        orderby property.Name
        let child = property.GetValue(client)
        let childPath = path.Length == 0 ? property.Name : $"{path}.{property.Name}"
        from found in ClientsOf(child, childPath).Prepend((childPath, child))
        select found;

    private static async Task<IReadOnlyList<SdkCall>> RecordAsync()
    {
        var file = Path.GetTempFileName();
        try
        {
            using var handler = new RecordingHandler();
            using var http = new HttpClient(handler);
            var samples = new Samples(file);
            var calls = new List<SdkCall>();
            var api = new ChatBotKitApi(new ChatBotKitClientOptions { HttpClient = http, Retries = 0, BaseUrl = new Uri("http://recorder.test") });
            foreach (var (path, client) in ClientsOf(api))
            {
                foreach (var method in client.GetType().GetMethods().Where(IsOperation))
                    calls.Add(await RecordAsync(path, client, method, handler, samples));
            }

            return calls;
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static bool IsOperation(MethodInfo method) =>
        !method.IsStatic && method.Name.EndsWith("Async", StringComparison.Ordinal) && method.DeclaringType!.IsSubclassOf(typeof(ChatBotKitClient));

    private static async Task<SdkCall> RecordAsync(
        string path, object client, MethodInfo method, RecordingHandler handler, Samples samples)
    {
        string? problem = null;
        try
        {
            if (method.IsGenericMethodDefinition)
                method = method.MakeGenericMethod([.. method.GetGenericArguments().Select(_ => typeof(JsonObject))]);
            await SendAsync(method.Invoke(client, BindingFlags.DoNotWrapExceptions, null, [.. method.GetParameters().Select(samples.For)], null)!);
        }
        catch (ChatBotKitException)
        {
            // The handler refuses every request.
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or NotSupportedException or FormatException or IOException)
        {
            problem = $"{exception.GetType().Name}: {exception.Message}";
        }

        var request = handler.Take();
        return new SdkCall(path, method, request is null ? null : CallOf(request.Method, request.Url, samples), request, problem);
    }

    private static Task SendAsync(object result)
    {
        if (result is Task task)
            return task;
        if (result.GetType().GetMethod(nameof(ResponsePromise<,>.AsTask)) is { } asTask)
            return (Task)asTask.Invoke(result, [TestContext.Current.CancellationToken])!;

        var parts = result.GetType().GetInterfaces().Single(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>));
        return (Task)typeof(SdkCalls).GetMethod(nameof(ReadAsync), BindingFlags.Static | BindingFlags.NonPublic)!
            .MakeGenericMethod(parts.GetGenericArguments()).Invoke(null, [result])!;
    }

    private static async Task ReadAsync<T>(IAsyncEnumerable<T> parts)
    {
        await foreach (var _ in parts)
        {
            // Not even the first item is reached.
        }
    }

    private static string? CallOf(string verb, Uri url, Samples samples)
    {
        const string Prefix = "/api/v1";
        if (!url.AbsolutePath.StartsWith($"{Prefix}/", StringComparison.Ordinal))
            return null;
        var segments = url.AbsolutePath[Prefix.Length..].Split('/').Select(segment => samples.IsArgument(Uri.UnescapeDataString(segment)) ? "{}" : segment);
        return $"{verb} {string.Join('/', segments)}";
    }
}
