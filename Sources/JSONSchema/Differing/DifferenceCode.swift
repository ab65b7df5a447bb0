/// How two versions of a schema differ, in the words of Confluent's Schema Registry (8.x), which its users know.
public enum DifferenceCode: String, Sendable, Hashable, CaseIterable {
    case idChanged = "ID_CHANGED"
    case descriptionChanged = "DESCRIPTION_CHANGED"
    case titleChanged = "TITLE_CHANGED"
    case defaultChanged = "DEFAULT_CHANGED"
    case schemaAdded = "SCHEMA_ADDED"
    case schemaRemoved = "SCHEMA_REMOVED"
    case typeExtended = "TYPE_EXTENDED"
    case typeNarrowed = "TYPE_NARROWED"
    case typeChanged = "TYPE_CHANGED"

    case maxLengthAdded = "MAX_LENGTH_ADDED"
    case maxLengthRemoved = "MAX_LENGTH_REMOVED"
    case maxLengthIncreased = "MAX_LENGTH_INCREASED"
    case maxLengthDecreased = "MAX_LENGTH_DECREASED"
    case minLengthAdded = "MIN_LENGTH_ADDED"
    case minLengthRemoved = "MIN_LENGTH_REMOVED"
    case minLengthIncreased = "MIN_LENGTH_INCREASED"
    case minLengthDecreased = "MIN_LENGTH_DECREASED"
    case patternAdded = "PATTERN_ADDED"
    case patternRemoved = "PATTERN_REMOVED"
    case patternChanged = "PATTERN_CHANGED"

    case maximumAdded = "MAXIMUM_ADDED"
    case maximumRemoved = "MAXIMUM_REMOVED"
    case maximumIncreased = "MAXIMUM_INCREASED"
    case maximumDecreased = "MAXIMUM_DECREASED"
    case minimumAdded = "MINIMUM_ADDED"
    case minimumRemoved = "MINIMUM_REMOVED"
    case minimumIncreased = "MINIMUM_INCREASED"
    case minimumDecreased = "MINIMUM_DECREASED"
    case exclusiveMaximumAdded = "EXCLUSIVE_MAXIMUM_ADDED"
    case exclusiveMaximumRemoved = "EXCLUSIVE_MAXIMUM_REMOVED"
    case exclusiveMaximumIncreased = "EXCLUSIVE_MAXIMUM_INCREASED"
    case exclusiveMaximumDecreased = "EXCLUSIVE_MAXIMUM_DECREASED"
    case exclusiveMinimumAdded = "EXCLUSIVE_MINIMUM_ADDED"
    case exclusiveMinimumRemoved = "EXCLUSIVE_MINIMUM_REMOVED"
    case exclusiveMinimumIncreased = "EXCLUSIVE_MINIMUM_INCREASED"
    case exclusiveMinimumDecreased = "EXCLUSIVE_MINIMUM_DECREASED"
    case multipleOfAdded = "MULTIPLE_OF_ADDED"
    case multipleOfRemoved = "MULTIPLE_OF_REMOVED"
    case multipleOfExpanded = "MULTIPLE_OF_EXPANDED"
    case multipleOfReduced = "MULTIPLE_OF_REDUCED"
    case multipleOfChanged = "MULTIPLE_OF_CHANGED"

    case requiredAttributeAdded = "REQUIRED_ATTRIBUTE_ADDED"
    case requiredAttributeWithDefaultAdded = "REQUIRED_ATTRIBUTE_WITH_DEFAULT_ADDED"
    case requiredAttributeRemoved = "REQUIRED_ATTRIBUTE_REMOVED"
    case maxPropertiesAdded = "MAX_PROPERTIES_ADDED"
    case maxPropertiesRemoved = "MAX_PROPERTIES_REMOVED"
    case maxPropertiesIncreased = "MAX_PROPERTIES_INCREASED"
    case maxPropertiesDecreased = "MAX_PROPERTIES_DECREASED"
    case minPropertiesAdded = "MIN_PROPERTIES_ADDED"
    case minPropertiesRemoved = "MIN_PROPERTIES_REMOVED"
    case minPropertiesIncreased = "MIN_PROPERTIES_INCREASED"
    case minPropertiesDecreased = "MIN_PROPERTIES_DECREASED"
    case additionalPropertiesAdded = "ADDITIONAL_PROPERTIES_ADDED"
    case additionalPropertiesRemoved = "ADDITIONAL_PROPERTIES_REMOVED"
    case additionalPropertiesExtended = "ADDITIONAL_PROPERTIES_EXTENDED"
    case additionalPropertiesNarrowed = "ADDITIONAL_PROPERTIES_NARROWED"
    case unevaluatedPropertiesAdded = "UNEVALUATED_PROPERTIES_ADDED"
    case unevaluatedPropertiesRemoved = "UNEVALUATED_PROPERTIES_REMOVED"
    case unevaluatedPropertiesExtended = "UNEVALUATED_PROPERTIES_EXTENDED"
    case unevaluatedPropertiesNarrowed = "UNEVALUATED_PROPERTIES_NARROWED"
    case dependencyArrayAdded = "DEPENDENCY_ARRAY_ADDED"
    case dependencyArrayRemoved = "DEPENDENCY_ARRAY_REMOVED"
    case dependencyArrayExtended = "DEPENDENCY_ARRAY_EXTENDED"
    case dependencyArrayNarrowed = "DEPENDENCY_ARRAY_NARROWED"
    case dependencyArrayChanged = "DEPENDENCY_ARRAY_CHANGED"
    case dependencySchemaAdded = "DEPENDENCY_SCHEMA_ADDED"
    case dependencySchemaRemoved = "DEPENDENCY_SCHEMA_REMOVED"
    case requiredPropertyAddedToOpen = "REQUIRED_PROPERTY_ADDED_TO_OPEN_CONTENT_MODEL"
    case requiredPropertyWithDefaultAddedToOpen = "REQUIRED_PROPERTY_WITH_DEFAULT_ADDED_TO_OPEN_CONTENT_MODEL"
    case optionalPropertyAddedToOpen = "OPTIONAL_PROPERTY_ADDED_TO_OPEN_CONTENT_MODEL"
    case emptyPropertyAddedToOpen = "PROPERTY_WITH_EMPTY_SCHEMA_ADDED_TO_OPEN_CONTENT_MODEL"
    case requiredPropertyAddedToUnopen = "REQUIRED_PROPERTY_ADDED_TO_UNOPEN_CONTENT_MODEL"
    case requiredPropertyWithDefaultAddedToUnopen = "REQUIRED_PROPERTY_WITH_DEFAULT_ADDED_TO_UNOPEN_CONTENT_MODEL"
    case optionalPropertyAddedToUnopen = "OPTIONAL_PROPERTY_ADDED_TO_UNOPEN_CONTENT_MODEL"
    case propertyRemovedFromOpen = "PROPERTY_REMOVED_FROM_OPEN_CONTENT_MODEL"
    case falsePropertyRemovedFromClosed = "PROPERTY_WITH_FALSE_REMOVED_FROM_CLOSED_CONTENT_MODEL"
    case propertyRemovedFromClosed = "PROPERTY_REMOVED_FROM_CLOSED_CONTENT_MODEL"
    case propertyRemovedIsCovered = "PROPERTY_REMOVED_IS_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL"
    case propertyRemovedNotCovered = "PROPERTY_REMOVED_NOT_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL"
    case propertyAddedIsCovered = "PROPERTY_ADDED_IS_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL"
    case propertyAddedNotCovered = "PROPERTY_ADDED_NOT_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL"

    case maxItemsAdded = "MAX_ITEMS_ADDED"
    case maxItemsRemoved = "MAX_ITEMS_REMOVED"
    case maxItemsIncreased = "MAX_ITEMS_INCREASED"
    case maxItemsDecreased = "MAX_ITEMS_DECREASED"
    case minItemsAdded = "MIN_ITEMS_ADDED"
    case minItemsRemoved = "MIN_ITEMS_REMOVED"
    case minItemsIncreased = "MIN_ITEMS_INCREASED"
    case minItemsDecreased = "MIN_ITEMS_DECREASED"
    case uniqueItemsAdded = "UNIQUE_ITEMS_ADDED"
    case uniqueItemsRemoved = "UNIQUE_ITEMS_REMOVED"
    case maxContainsAdded = "MAX_CONTAINS_ADDED"
    case maxContainsRemoved = "MAX_CONTAINS_REMOVED"
    case maxContainsIncreased = "MAX_CONTAINS_INCREASED"
    case maxContainsDecreased = "MAX_CONTAINS_DECREASED"
    case minContainsAdded = "MIN_CONTAINS_ADDED"
    case minContainsRemoved = "MIN_CONTAINS_REMOVED"
    case minContainsIncreased = "MIN_CONTAINS_INCREASED"
    case minContainsDecreased = "MIN_CONTAINS_DECREASED"
    case additionalItemsAdded = "ADDITIONAL_ITEMS_ADDED"
    case additionalItemsRemoved = "ADDITIONAL_ITEMS_REMOVED"
    case additionalItemsExtended = "ADDITIONAL_ITEMS_EXTENDED"
    case additionalItemsNarrowed = "ADDITIONAL_ITEMS_NARROWED"
    case unevaluatedItemsAdded = "UNEVALUATED_ITEMS_ADDED"
    case unevaluatedItemsRemoved = "UNEVALUATED_ITEMS_REMOVED"
    case unevaluatedItemsExtended = "UNEVALUATED_ITEMS_EXTENDED"
    case unevaluatedItemsNarrowed = "UNEVALUATED_ITEMS_NARROWED"
    case itemAddedToOpen = "ITEM_ADDED_TO_OPEN_CONTENT_MODEL"
    case emptyItemAddedToOpen = "ITEM_WITH_EMPTY_SCHEMA_ADDED_TO_OPEN_CONTENT_MODEL"
    case itemAddedToClosed = "ITEM_ADDED_TO_CLOSED_CONTENT_MODEL"
    case itemRemovedFromOpen = "ITEM_REMOVED_FROM_OPEN_CONTENT_MODEL"
    case falseItemRemovedFromClosed = "ITEM_WITH_FALSE_REMOVED_FROM_CLOSED_CONTENT_MODEL"
    case itemRemovedFromClosed = "ITEM_REMOVED_FROM_CLOSED_CONTENT_MODEL"
    case itemRemovedIsCovered = "ITEM_REMOVED_IS_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL"
    case itemRemovedNotCovered = "ITEM_REMOVED_NOT_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL"
    case itemAddedIsCovered = "ITEM_ADDED_IS_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL"
    case itemAddedNotCovered = "ITEM_ADDED_NOT_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL"

    case enumExtended = "ENUM_ARRAY_EXTENDED"
    case enumNarrowed = "ENUM_ARRAY_NARROWED"
    case enumChanged = "ENUM_ARRAY_CHANGED"
    case combinedTypeExtended = "COMBINED_TYPE_EXTENDED"
    case combinedTypeChanged = "COMBINED_TYPE_CHANGED"
    case productTypeExtended = "PRODUCT_TYPE_EXTENDED"
    case productTypeNarrowed = "PRODUCT_TYPE_NARROWED"
    case sumTypeExtended = "SUM_TYPE_EXTENDED"
    case sumTypeNarrowed = "SUM_TYPE_NARROWED"
    case combinedSubschemasChanged = "COMBINED_TYPE_SUBSCHEMAS_CHANGED"
    case notTypeExtended = "NOT_TYPE_EXTENDED"
    case notTypeNarrowed = "NOT_TYPE_NARROWED"

    /// Whether the registry lets a reader of the new schema read what was written under the old one.
    ///
    /// These are its rules, not a proof: it allows changes that a document refutes, and refuses some that none does. For a proof see
    /// ``Schema/containment(in:)``.
    public var isCompatible: Bool { Self.compatible.contains(self) }

    private static let compatible: Set<DifferenceCode> = [
        .idChanged, .descriptionChanged, .titleChanged, .defaultChanged, .schemaRemoved, .typeExtended,
        .maxLengthIncreased, .maxLengthRemoved, .minLengthDecreased, .minLengthRemoved, .patternRemoved,
        .maximumIncreased, .maximumRemoved, .minimumDecreased, .minimumRemoved,
        .exclusiveMaximumIncreased, .exclusiveMaximumRemoved, .exclusiveMinimumDecreased, .exclusiveMinimumRemoved,
        .multipleOfReduced, .multipleOfRemoved,
        .requiredAttributeWithDefaultAdded, .requiredAttributeRemoved,
        .dependencyArrayNarrowed, .dependencyArrayRemoved, .dependencySchemaRemoved,
        .maxPropertiesIncreased, .maxPropertiesRemoved, .minPropertiesDecreased, .minPropertiesRemoved,
        .additionalPropertiesAdded, .additionalPropertiesExtended, .unevaluatedPropertiesAdded, .unevaluatedPropertiesExtended,
        .emptyPropertyAddedToOpen, .requiredPropertyWithDefaultAddedToUnopen, .optionalPropertyAddedToUnopen,
        .falsePropertyRemovedFromClosed, .propertyRemovedFromOpen, .propertyAddedIsCovered, .propertyRemovedIsCovered,
        .maxItemsIncreased, .maxItemsRemoved, .minItemsDecreased, .minItemsRemoved, .uniqueItemsRemoved,
        .maxContainsIncreased, .maxContainsRemoved, .minContainsDecreased, .minContainsRemoved,
        .additionalItemsAdded, .additionalItemsExtended, .unevaluatedItemsAdded, .unevaluatedItemsExtended,
        .emptyItemAddedToOpen, .itemAddedToClosed, .falseItemRemovedFromClosed, .itemRemovedFromOpen,
        .itemAddedIsCovered, .itemRemovedIsCovered,
        .enumExtended, .combinedTypeExtended, .productTypeNarrowed, .sumTypeExtended, .notTypeNarrowed,
    ]
}
