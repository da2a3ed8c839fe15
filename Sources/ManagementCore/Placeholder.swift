enum ManagementCorePlaceholder {}
