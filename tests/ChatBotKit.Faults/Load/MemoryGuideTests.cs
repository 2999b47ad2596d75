using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using ChatBotKit.Server.Hosting;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Faults.Load;

/// <summary>Compares the guide's table of caches with the code, so that no new cache is forgotten.</summary>
public sealed class MemoryGuideTests
{
    private const string Section = "## What the server keeps in memory";

    private const BindingFlags Fields = BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly;

    [Fact]
    public void Collections_OfTheServer_StandInTheGuide()
    {
        var guide = File.ReadAllText(Path.Combine(Root(), "docs", "operations.md"));
        var section = guide[(guide.IndexOf(Section, StringComparison.Ordinal) + Section.Length)..];
        section = section.Split("\n## ")[0];
        var holders = typeof(ChatBotKitServer).Assembly.GetTypes()
            .Where(type => !type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false) && !type.Name.StartsWith('<'))
            .Where(type => !IsRecord(type))
            .Where(type => type.GetFields(Fields).Any(field => IsCollection(field.FieldType)))
            .Select(type => (type.DeclaringType ?? type).Name.Split('`')[0])
            .Distinct()
            .Order(StringComparer.Ordinal)
            .ToList();

        Assert.Contains(nameof(SessionBudgets), holders);
        var missing = holders.Where(holder => !section.Contains($"`{holder}`", StringComparison.Ordinal));
        Assert.True(!missing.Any(), $"docs/operations.md does not tell of {string.Join(", ", missing)}");
    }

    private static bool IsRecord(Type type) => type.GetMethod("<Clone>$") is not null || type.GetMethod("PrintMembers", Fields) is not null;

    /// <summary>Whether items can be added. Arrays and read-only collections do not grow.</summary>
    private static bool IsCollection(Type type)
    {
        if (!type.IsGenericType || type.IsInterface)
            return false;
        var generic = type.GetGenericTypeDefinition();
        return generic == typeof(ReadThroughCache<,>) || generic == typeof(Channel<>) || type.IsAssignableTo(typeof(ICollection))
            || type.GetInterfaces().Any(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(ICollection<>));
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ChatBotKit.slnx")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests do not run inside the repository.");
    }
}
